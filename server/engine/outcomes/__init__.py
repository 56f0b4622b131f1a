"""What a path came to, in a word with a reason.

The word of step k follows from the points up to k alone: nobody is at a minimum before they
are there. Where ‖∇f‖ is within the tolerance the point decides (``rests``):

- ``minimum``: near the lowest known minimum, or as low as it;
- ``local_minimum``: near another known minimum, or a stationary point with positive curvatures;
- ``saddle``, ``maximum``: a stationary point with a negative curvature, or two;
- ``flat``: the curvature vanishes too, or no stationary point is in sight.

Elsewhere the last tenth of the way does, twenty points at least (``courses``): ``descending``,
``oscillating``, ``growing``. A path that ends before its last step says why (``endings``):
``not_finite``, ``no_derivative``, ``no_step``.
"""
