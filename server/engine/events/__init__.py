"""What happened on a path, and why: each kind of event is one file, listed in ``catalog``.

A kind looks at the whole path and answers its first occurrence, or ``None``: an oscillation is
one event that lasts, not a hundred. All of it is NumPy over what the walk left behind; the
Hessian's eigenvalues are computed here, only when events are asked for.
"""
