"""``windows``, second part: services run on the days they are offered, by their timetable."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from p2p_dispatch.check.clock import TINY
from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.run import Run
from p2p_dispatch.check.times import Times


def timetable(facts: Facts, run: Run, times: Times) -> Iterator[str]:
    """What differs from the timetable; a service that nobody knows is a finding of ``fleet``."""
    if run.service is None or run.timetable is None:
        return
    horizon, text = facts.scenario.days, facts.clock.text
    days = run.service.days
    if run.day not in days if days else not horizon.first <= run.day <= horizon.last:
        yield f"leaves on {run.day}, when {run.service.id} is not offered"
    if any(map(isnan, run.timetable.minutes)):
        yield f"nothing says how long {run.service.id} runs"
        return
    if run.day in run.service.cancelled_on:
        yield f"leaves on {run.day}, when {run.service.id} is cancelled"
    leaves, last = facts.clock.at(run.day, run.service.departs), len(run.stops) - 1
    leaves += run.service.late_on.get(run.day, 0)
    for i, stop in enumerate(run.stops):
        comes, goes = leaves + run.timetable.comes[i], leaves + run.timetable.goes[i]
        if i > 0 and abs(times.come[i] - comes) > TINY:
            yield f"comes to {stop.place} at {text(times.come[i])}, by timetable at {text(comes)}"
        if i < last and abs(times.go[i] - goes) > TINY:
            yield f"leaves {stop.place} at {text(times.go[i])}, by timetable at {text(goes)}"
