"""From two plans to what they differ in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import TypeVar

from p2p_dispatch.check import check, notices
from p2p_dispatch.compare.lots import lots_of
from p2p_dispatch.compare.model import (
    Broken,
    Comparison,
    Figure,
    Group,
    Kind,
    OnDay,
    Side,
    Waited,
    Way,
)
from p2p_dispatch.compare.trips import trips_of
from p2p_dispatch.compare.ways import Ways, ways_of
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.rides import empty_km
from p2p_dispatch.plan.strange import refuse_stranger
from p2p_dispatch.report.batches import filled
from p2p_dispatch.report.figures import Figures, figures
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of

T = TypeVar("T")


def compare_plans(
    scenario: Scenario,
    one: Plan,
    other: Plan,
    *,
    labels: tuple[str, str] = ("first", "second"),
) -> Comparison:
    """
    Two plans of one scenario, side by side; both are judged by ``check`` first.

    Parameters
    ----------
    scenario
        The question that both answer.
    one, other
        The plans; changes are told from the first to the second.
    labels
        What to call them.

    Raises
    ------
    InputError
        P2P3005, when a plan names cohorts, places, pools or services that the scenario does not
        have.
    """
    for plan, label in zip((one, other), labels, strict=True):
        refuse_stranger(scenario, plan, label)
    ways = ways_of(one, scenario), ways_of(other, scenario)
    return Comparison(
        scenario=scenario.name,
        currency=scenario.currency,
        people=scenario.people,
        one=_side(scenario, one, labels[0]),
        other=_side(scenario, other, labels[1]),
        figures=tuple(_figures(scenario, (one, other), ways)),
        days=tuple(_days(ways)),
        waits=tuple(_waits(scenario, ways)),
        lots=tuple(lots_of(scenario, *ways)),
        trips=tuple(trips_of(scenario, one, other)),
    )


def _side(scenario: Scenario, plan: Plan, label: str) -> Side:
    return Side(
        label=label,
        solver=plan.made.solver,
        seed=plan.made.seed,
        as_of=plan.as_of,
        ended=plan.ended,
        findings=tuple(Broken(**asdict(finding)) for finding in check(scenario, plan)),
        notices=tuple(notices(scenario, plan)),
    )


Pair = tuple[float, float]


def _figures(
    scenario: Scenario, plans: tuple[Plan, Plan], ways: tuple[Ways, Ways]
) -> Iterator[Figure]:
    """Every figure of both plans, in the order in which they are told."""
    both = figures(plans[0], scenario), figures(plans[1], scenario)
    count, money = Kind.COUNT, Kind.MONEY
    yield _row("people", "moved", count, _of(both, lambda known: known.moved))
    yield _row("people", "left behind", count, _of(both, lambda known: known.people - known.moved))
    if len(both[0].classes) > 1:
        for mine, theirs in zip(both[0].classes, both[1].classes, strict=True):
            yield _row("class", mine.name, count, (mine.moved, theirs.moved), mine.id)
    yield _row("trips", "trips", count, _of(both, lambda known: known.trips))
    for name, pair in _paired(plans, _by_role):
        yield _row("trips", name.replace("-", ", "), count, pair, name)
    yield _row("trips", "units", count, _of(both, lambda known: known.units))
    yield _row("seats", "seats filled", count, _of(both, lambda known: known.filled))
    yield _row("seats", "seats allowed", count, _of(both, lambda known: known.allowed))
    yield _row("seats", "share filled", Kind.SHARE, _of(both, _share))
    for name, pair in _paired(plans, _fill):
        yield _row("seats", f"share filled, {name}", Kind.SHARE, pair, name)
    yield _row("road", "km of coaches", Kind.KM, _of(plans, _coach_km))
    yield _row("road", "of them empty", Kind.KM, _of(plans, _empty_km))
    yield _row("cost", "money to pay", money, _of(both, lambda known: known.money))
    for name, pair in _paired(both, lambda known: known.parts, in_order=True):
        yield _row("cost", name, money, pair, name)
    yield _row("cost", "subsidies", money, _of(both, lambda known: -known.subsidies), "subsidies")
    yield _row("cost", "per person moved", money, _of(both, lambda known: known.per_person or 0))
    names = {bill.id: bill.name for known in both for bill in known.bills}
    for payer, pair in _paired(both, _paid, in_order=True):
        yield _row("payer", names[payer], money, pair, payer)
    waits = _wait_counts(scenario, ways[0]), _wait_counts(scenario, ways[1])
    yield _row("waiting", "person-days waited", count, _of(both, lambda known: known.waited))
    yield _row("waiting", "days per person moved", Kind.DAYS, _of(waits, _mean))
    yield _row("waiting", "longest wait, days", Kind.DAYS, _of(waits, lambda w: max(w, default=0)))
    for name, part in _VALUE.items():
        pair = getattr(plans[0].value, part), getattr(plans[1].value, part)
        yield _row("value", name, money, pair, part)


def _row(group: Group, name: str, kind: Kind, pair: Pair, id: str = "") -> Figure:
    return Figure(group=group, id=id, name=name, kind=kind, one=pair[0], other=pair[1])


def _of(both: tuple[T, T], figure: Callable[[T], float]) -> Pair:
    return figure(both[0]), figure(both[1])


def _paired(
    both: tuple[T, T], table: Callable[[T], dict[str, float]], *, in_order: bool = False
) -> Iterator[tuple[str, Pair]]:
    """The rows of a table of both; by name, unless the table has an order."""
    one, other = table(both[0]), table(both[1])
    names = list(dict.fromkeys([*one, *other]))
    for name in names if in_order else sorted(names):
        yield name, (one.get(name, 0.0), other.get(name, 0.0))


_VALUE = {
    "what waiting counts": "waiting",
    "days late": "late",
    "changes of vehicle": "transfers",
    "people left behind": "left_behind",
    "promises changed": "changes",
    "empty posts": "empty_posts",
    "all that counts": "total",
}
"""Parts of the value that nobody is billed for, and the sum of all."""


def _by_role(plan: Plan) -> dict[str, float]:
    return dict(Counter(f"{trip.mode}-{trip.role}" for trip in plan.trips))


def _fill(plan: Plan) -> dict[str, float]:
    """Share of the seats that is taken, by mode; nothing where there is one mode."""
    taken, allowed = Counter[str](), Counter[str]()
    for trip in plan.trips:
        taken[trip.mode] += filled(trip)
        allowed[trip.mode] += trip.allowed
    if set(allowed) <= {"coach"}:
        return {}
    return {mode: taken[mode] / seats for mode, seats in allowed.items() if seats}


def _share(known: Figures) -> float:
    return known.filled / known.allowed if known.allowed else 0.0


def _paid(known: Figures) -> dict[str, float]:
    return {bill.id: bill.amount for bill in known.bills}


def _coach_km(plan: Plan) -> float:
    return sum(trip.km for trip in plan.trips if trip.mode == "coach")


def _empty_km(plan: Plan) -> float:
    return sum(empty_km(trip) for trip in plan.trips if trip.mode == "coach")


def _wait_counts(scenario: Scenario, ways: Ways) -> Counter[int]:
    """People by the days between being ready and leaving."""
    ready = {cohort.id: day_of(cohort.ready) for cohort in scenario.cohorts}
    counts = Counter[int]()
    for cohort, some in ways.items():
        for way, people in some.items():
            if way.moved and way.day:
                counts[(way.day - ready[cohort]).days] += people
    return counts


def _mean(counts: Counter[int]) -> float:
    people = counts.total()
    return sum(days * count for days, count in counts.items()) / people if people else 0.0


def _waits(scenario: Scenario, ways: tuple[Ways, Ways]) -> Iterator[Waited]:
    one, other = (_wait_counts(scenario, each) for each in ways)
    for days in range(min((*one, *other), default=0), max((*one, *other), default=-1) + 1):
        yield Waited(days=days, one=one[days], other=other[days])


def _days(ways: tuple[Ways, Ways]) -> Iterator[OnDay]:
    one, other = (_by_day(each.values()) for each in ways)
    for day in _every_day({*one, *other}):
        yield OnDay(day=day, one=one[day], other=other[day])


def _by_day(ways: Iterable[Counter[Way]]) -> Counter[date]:
    counts = Counter[date]()
    for some in ways:
        for way, people in some.items():
            if way.day:
                counts[way.day] += people
    return counts


def _every_day(days: set[date]) -> Iterator[date]:
    """From the first to the last, days on which nobody leaves too."""
    if days:
        first, last = min(days), max(days)
        yield from (first + timedelta(days=d) for d in range((last - first).days + 1))
