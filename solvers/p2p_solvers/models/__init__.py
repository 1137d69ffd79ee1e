"""
What strategies that hand a simplified model to a solver have in common.

``lone`` runs the trip of one cohort by itself: days, pools and drops that can serve it at all;
``pieces`` cuts groups into pieces that fit a coach and gives each a home depot; ``repair`` makes
of what comes back trips that keep every rule.

For ``routing``: ``vehicles`` are the unit-days that could be needed, ``deal`` hands out what
trips share, ``routing_model`` and ``routing_search`` put the library's questions, and
``depot_search`` puts them for a few trips at a time. For ``assignment``: ``services`` that could
run, ``assign`` is the integer programme, ``runs`` reads its answer.
"""
