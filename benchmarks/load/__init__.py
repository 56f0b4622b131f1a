"""Load as a lecture hall and the internet make it: scenarios, each with the figure it promises.

``python -m benchmarks.load NAME [--quick] [--tree PATH …]``. Arrivals are scheduled beforehand and
latency counts from the scheduled moment, so that a server that stalls cannot slow those who
measure it. k6 and vegeta, which do this, come by no package manager that this project uses.
"""
