"""
Strategies against each other: scenarios x solvers x seeds under the same limits.

Every run is a process of its own and ends as a row, whatever happens in it; every plan is judged
by ``check``.
"""
