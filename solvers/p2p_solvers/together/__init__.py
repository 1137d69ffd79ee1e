"""
A plan and what is proved of it, found side by side.

``meeting`` is what both sides know; ``prover`` is the side that proves; ``recombine`` puts trips of
several plans together to a cheaper one, from ``candidates``.
"""
