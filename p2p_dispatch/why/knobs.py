"""
What is tried for people who are left behind: the list of single-field changes.

Each row of :data:`KNOBS` names what it can help against and finds the fields that it may change,
with the values that are tried, the smallest change first. What is law is not in the list: seat
rules, risk, driving hours. A field may be changed by so much as the people at hand could use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from math import ceil, floor
from typing import Any, NamedTuple

from p2p_dispatch.problem.blocked import NEARNESS
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.fleet import Coach
from p2p_dispatch.scenario.places import Depot, Place
from p2p_dispatch.why.knob import Knob, days_in_words, knob, more, on, single, steps
from p2p_dispatch.why.left import Left
from p2p_dispatch.why.service_knobs import services

MOST_UNITS = 10
"""Coaches more that are tried."""

MOST_DAYS = 3
"""Days by which people are let leave earlier or arrive later."""

LONGER_RIDE, DEARER = 8.0, 1e6
"""Hours by which the longest ride is stretched; the price of leaving somebody behind at which
nobody is."""


A_DAY = frozenset(NEARNESS) - {"fleet", "risk", "budget", "priority"}
"""What may be otherwise on another day."""


class Kind(NamedTuple):
    """A kind of change: what it helps against, and where."""

    name: str
    against: frozenset[str]
    """Obstacles as ``p2p_dispatch.problem.blocked`` names them."""
    find: Callable[[Left], Iterator[Knob]]


def _checks(left: Left) -> Iterator[Knob]:
    for day in left.days:
        limit = left.origin.medical_per_day(day)
        if limit is not None:
            where = f"at {left.origin.label} on {on(day)}"
            yield more(
                ("origins", left.origin.id, "medical_per_day", "on", day),
                "medical",
                limit,
                left.people,
                "check",
                where,
            )


def _intake(left: Left) -> Iterator[Knob]:
    for site in left.sites:
        for day in left.arrivals:
            limit = site.intake_per_day(day)
            if limit is not None:
                path = ("sites", site.id, "intake_per_day", "on", day)
                where = f"at {site.label} on {on(day)}"
                yield more(path, "intake", limit, left.people, "place", where)


def _posts(left: Left) -> Iterator[Knob]:
    trade = left.cohort.trade
    if left.cohort.site is None and trade is not None:
        for site in left.scenario.sites:
            path = ("sites", site.id, "posts", trade)
            where = f"as {trade} at {site.label}"
            yield more(path, "intake", site.posts.get(trade, 0), left.people, "post", where)
        yield from _lends(left, trade)


def _lends(left: Left, trade: str) -> Iterator[Knob]:
    """More people whom their employer lends to others that have posts for them."""
    sites = left.scenario.sites
    for lender in (each for each in sites if each.id == left.cohort.lent_by):
        for site in sites:
            if site.posts.get(trade) and site.id != lender.id:
                path = ("sites", lender.id, "lends", site.id)
                where = f"lent by {lender.label} to {site.label}"
                most = lender.lends.get(site.id, 0)
                yield more(path, "intake", most, left.people, "person", where)


def _units_of_a_day(left: Left) -> Iterator[Knob]:
    for pool, coach, depot in left.pools:
        for day in left.days:
            path = ("pools", pool.id, "on", day)
            what, where = f"{coach.label} of {pool.id}", f"at {depot.label} on {on(day)}"
            yield more(path, "fleet", pool.units_on(day), _coaches(left), what, where, plural="")


def _units(left: Left) -> Iterator[Knob]:
    for pool, coach, depot in left.pools:
        what, where = f"{coach.label} of {pool.id}", f"at {depot.label} on all days but those of on"
        where = where if pool.on else f"at {depot.label} on every day"
        path = ("pools", pool.id, "units")
        yield more(path, "fleet", pool.units, _coaches(left), what, where, plural="")


def _collects(left: Left) -> Iterator[Knob]:
    for depot in left.scenario.depots:
        if depot.serves is not None and left.origin.id not in depot.serves:

            def say(value: Any, depot: Depot = depot) -> str:
                return f"coaches of {depot.label} collect at {left.origin.label}"

            path = ("depots", depot.id, "serves")
            yield knob(path, depot.serves, "fleet", ((*depot.serves, left.origin.id),), say)


def _later(left: Left) -> Iterator[Knob]:
    for days in range(1, MOST_DAYS + 1):
        due = left.cohort.due + timedelta(days=days)
        yield single(
            ("cohorts", left.cohort.id, "due"),
            left.cohort.due,
            "windows",
            due,
            f"{left.cohort.id} due {days_in_words(days)} later",
        )


def _earlier(left: Left) -> Iterator[Knob]:
    for days in range(1, MOST_DAYS + 1):
        ready = left.cohort.ready - timedelta(days=days)
        if day_of(ready) >= max(left.scenario.days.first, day_of(left.scenario.as_of)):
            yield single(
                ("cohorts", left.cohort.id, "ready"),
                left.cohort.ready,
                "windows",
                ready,
                f"{left.cohort.id} ready {days_in_words(days)} earlier",
            )


def _lateness(left: Left) -> Iterator[Knob]:
    old = left.scenario.rules.priority.late_days
    for days in range(old + 1, old + MOST_DAYS + 1):
        yield single(
            ("rules", "priority", "late_days"),
            old,
            "windows",
            days,
            f"everybody may be up to {days_in_words(days)} late",
        )


def _hours(left: Left) -> Iterator[Knob]:
    for kind, place in _ends(left):
        hours = place.hours
        if hours is None or left.scenario.by_day:
            continue
        early = [time(h, m) for h in range(24) for m in (30, 0) if time(h, m) < hours.opens]
        late = [time(h, m) for h in range(24) for m in (0, 30) if time(h, m) > hours.closes]
        # the smallest change first
        for field, old, values in (
            ("opens", hours.opens, sorted(early, reverse=True)),
            ("closes", hours.closes, [*late, time(23, 59)][: None if late else 1]),
        ):

            def say(value: time, place: Place = place, field: str = field) -> str:
                return f"{place.label} {field} at {value:%H:%M}"

            if values and values[-1] != old:
                yield knob((kind, place.id, "hours", field), old, "windows", values, say)


def _open_days(left: Left) -> Iterator[Knob]:
    for kind, place in _ends(left):
        for day in place.closed_on:
            if day in left.days:
                rest = tuple(d for d in place.closed_on if d != day)
                yield single(
                    (kind, place.id, "closed_on"),
                    place.closed_on,
                    "windows",
                    rest,
                    f"{place.label} open on {on(day)}",
                )


def _gates(left: Left) -> Iterator[Knob]:
    for site in left.sites:
        if not site.gate:
            words = f"coaches may come to the gate of {site.label}"
            yield single(("sites", site.id, "gate"), False, "stops", True, words)


def _slots(left: Left) -> Iterator[Knob]:
    for kind, place in _ends(left):
        slots = place.slots
        if slots is not None and not left.scenario.by_day:
            path, where = (kind, place.id, "slots", "trips"), f"in a slot at {place.label}"
            yield more(path, "slots", slots.trips, _coaches(left), "coach", where, plural="es")


def _loads(left: Left) -> Iterator[Knob]:
    for coach in left.coaches:
        if coach.minimum_load > 1:

            def say(value: int, coach: Coach = coach) -> str:
                return (
                    f"a minimum load of {value} for {coach.label} instead of {coach.minimum_load}"
                )

            yield knob(
                ("unit_types", coach.id, "minimum_load"),
                coach.minimum_load,
                "minimum-load",
                range(coach.minimum_load - 1, 0, -1),
                say,
            )


def _notice(left: Left) -> Iterator[Knob]:
    for coach in left.coaches:
        hours = coach.notice_hours
        if hours > 0:

            def say(value: int, coach: Coach = coach) -> str:
                earlier = ceil(coach.notice_hours - value)
                return (
                    f"notice of {value} hours for {coach.label} instead of "
                    f"{coach.notice_hours:g} (or it is ordered {earlier} hours earlier)"
                )

            yield knob(
                ("unit_types", coach.id, "notice_hours"),
                hours,
                "notice",
                range(ceil(hours) - 1, -1, -1),
                say,
            )


def _places(left: Left) -> Iterator[Knob]:
    if left.part.accessible:
        for coach in left.coaches:
            path, where = ("unit_types", coach.id, "accessible"), f"in every {coach.label}"
            yield more(
                path, "seats", coach.accessible, left.part.accessible, "accessible place", where
            )


def _luggage(left: Left) -> Iterator[Knob]:
    for coach in left.coaches:
        if coach.luggage is not None and left.cohort.luggage:
            pieces = left.people * left.cohort.luggage
            path, where = ("unit_types", coach.id, "luggage"), f"in every {coach.label}"
            yield more(path, "seats", coach.luggage, pieces, "piece", f"of luggage {where}")


def _money(left: Left) -> Iterator[Knob]:
    scenario = left.scenario
    ceilings = [(("rules", "budget", "ceiling"), scenario.rules.budget.ceiling, "the budget")]
    ceilings += [
        (("payers", payer.id, "ceiling"), payer.ceiling, f"what {payer.name or payer.id} pays")
        for payer in scenario.payers
    ]
    for path, old, what in ceilings:
        if old is not None:

            def say(value: float, old: float = old, what: str = what) -> str:
                return f"{what} raised by {value - old:,.0f} to {value:,.0f}"

            values = range(floor(old) + 1, floor(old) + 2 + ceil(left.worth))
            yield knob(path, old, "budget", values, say)


def _rides(left: Left) -> Iterator[Knob]:
    stops = left.scenario.rules.stops
    longest = stops.longest_ride_hours
    yield knob(
        ("rules", "stops", "longest_ride_hours"),
        longest,
        "stops",
        steps(longest, 0.5, longest + LONGER_RIDE),
        lambda value: f"rides of up to {value:g} hours instead of {longest:g}",
    )


def _detours(left: Left) -> Iterator[Knob]:
    stops = left.scenario.rules.stops
    yield knob(
        ("rules", "stops", "detour_km"),
        stops.detour_km,
        "stops",
        steps(stops.detour_km, 10, stops.detour_km + 200),
        lambda value: f"detours of {value:g} km instead of {stops.detour_km:g}",
    )
    yield knob(
        ("rules", "stops", "detour_factor"),
        stops.detour_factor,
        "stops",
        steps(stops.detour_factor, 0.05, min(10.0, stops.detour_factor + 1)),
        lambda value: f"ways up to {value:g} times as long instead of {stops.detour_factor:g}",
    )
    for field, what in (("most_pickups", "pick up at"), ("most_drops", "drop at")):
        old = getattr(stops, field)

        def say(value: int, what: str = what, old: int = old) -> str:
            return f"coaches may {what} {value} places instead of {old}"

        yield knob(
            ("rules", "stops", field), old, "stops", range(old + 1, min(20, old + 3) + 1), say
        )


def _price(left: Left) -> Iterator[Knob]:
    """
    What leaving one of them behind counts.

    The value is not known before it is solved how dear they are, so there is one that is too high.
    """
    cohort, scenario = left.cohort, left.scenario
    for priority in scenario.priorities:
        if priority.id == cohort.priority:
            yield _dearer(
                ("priorities", priority.id, "left_behind"),
                priority.left_behind,
                f"of class {priority.name or priority.id}",
            )
            return
    yield _dearer(("prices", "left_behind"), scenario.prices.left_behind, "without a class")


def _dearer(path: tuple[str, ...], old: float, whom: str) -> Knob:
    def say(value: float) -> str:
        return f"leaving somebody {whom} behind counts {value:,.0f} instead of {old:,.0f}"

    values = (max(DEARER, 100 * old),)
    return knob(path, old, "priority", values, say, bisected=False)


KNOBS: tuple[Kind, ...] = (
    Kind("price", frozenset({"priority"}), _price),
    Kind("checks", frozenset({"medical"}), _checks),
    Kind("intake", frozenset({"intake"}), _intake),
    Kind("posts", frozenset({"intake"}), _posts),
    Kind("units on a day", frozenset({"units", "fleet"}), _units_of_a_day),
    Kind("units", frozenset({"units", "fleet"}), _units),
    Kind("collects", frozenset({"fleet"}), _collects),
    Kind("minimum load", frozenset({"minimum-load"}), _loads),
    Kind("notice", frozenset({"notice"}), _notice),
    Kind("slots", frozenset({"slots"}), _slots),
    Kind("later", A_DAY, _later),
    Kind("earlier", A_DAY, _earlier),
    Kind("lateness", A_DAY, _lateness),
    Kind("hours", frozenset({"windows", "crew"}), _hours),
    Kind("open days", frozenset({"windows"}), _open_days),
    Kind("accessible places", frozenset({"seats"}), _places),
    Kind("luggage", frozenset({"seats"}), _luggage),
    Kind("money", frozenset({"budget"}), _money),
    Kind("rides", frozenset({"stops"}), _rides),
    Kind("gates", frozenset({"stops", "windows", "slots"}), _gates),
    Kind("detours", frozenset(), _detours),
    Kind("services", frozenset(), services),
)
"""Every kind of change that is tried, those first that help most often. What is against nothing
cannot let a coach of their own run, and is tried only where the whole is planned again."""


def knobs(left: Left, against: frozenset[str] | None = None) -> Iterator[Knob]:
    """
    The fields that may be changed for some people.

    Parameters
    ----------
    against
        What stops them; none: everything that may be changed.
    """
    for kind in KNOBS:
        if against is None or kind.against & against:
            yield from (knob for knob in kind.find(left) if len(knob.values))


def _ends(left: Left) -> Iterator[tuple[str, Place]]:
    """Where they board, where they get off, with the list that the place stands in."""
    yield "origins", left.origin
    hubs = {hub.id: hub for hub in left.scenario.hubs}
    for site in left.sites:
        yield "sites", site
        yield from (("hubs", hubs[hub]) for hub in site.handover)


def _coaches(left: Left) -> int:
    """Coaches that people could fill, one each at the most."""
    return min(MOST_UNITS, left.people)
