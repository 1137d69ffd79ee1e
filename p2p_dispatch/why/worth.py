"""
What one more would save: a coach, a check, a place of intake, a post, a slot.

Of everything that the plan uses up. A linear programme has a price for each check, place and coach
of a day; it reckons with shares of trips, so of coaches it often says too little or nothing, and of
checks it is wrong where one more person needs a coach more. So what has the highest price, and
slots and posts, which have none, are solved again with one more; where that was done it is what is
said, and whether the price would have held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.rides import boards_on
from p2p_dispatch.plan.standing import days_out
from p2p_dispatch.problem import build
from p2p_dispatch.problem.calendar import PAD_DAYS
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.places import Place
from p2p_dispatch.solution import Prices, Run, find_strategy
from p2p_dispatch.why.again import Again, left_of
from p2p_dispatch.why.change import Change, Key
from p2p_dispatch.why.knob import Knob, more, on
from p2p_dispatch.why.remedies import Allowance, Watch
from p2p_dispatch.why.rest import Rest

HOLDS = 0.1
"""Share by which a price may be off and still hold."""

SHARE = 0.25
"""Share of the time that the linear programme may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """
    What one more of something is worth.

    Attributes
    ----------
    change
        One more of it.
    price
        What the linear programme says that it saves; none: it has no price for it.
    saves
        What the plan counts less, solved again with one more; none: there was no time.
    people
        How many more go then.
    """

    change: Change
    price: float | None
    saves: float | None
    people: int

    @property
    def says(self) -> str:
        """Which of the two is to be trusted."""
        if self.saves is None:
            return "price only"
        if self.price is None:
            return "solved again"
        slack = HOLDS * max(abs(self.saves), abs(self.price), 1.0)
        holds = abs(self.saves - self.price) <= slack
        return "solved again, the price holds" if holds else "solved again, the price does not hold"

    @property
    def value(self) -> float:
        """The better known of the two."""
        return (self.price or 0.0) if self.saves is None else self.saves


def worths(
    again: Again, allowance: Allowance, watch: Watch = lambda words: None
) -> tuple[Worth, ...]:
    """What one more would save of everything that the plan uses up, the most first."""
    scenario, plan = again.scenario, again.plan
    scarce = list(_used_up(scenario, plan))
    if not scarce:
        return ()
    prices = _prices(scenario, plan, allowance)
    found = [
        Worth(
            change=knob.to(knob.values[0]),
            price=_price(scenario, knob, prices),
            saves=None,
            people=0,
        )
        for knob in scarce
    ]
    # what has no price comes first: nothing else is known of it
    found.sort(key=lambda worth: -(float("inf") if worth.price is None else worth.price))
    before = again.next_best(scenario)
    for number, worth in enumerate(found):
        if allowance.over or before is None:
            break
        watch(f"one more, {number + 1} of {len(found)}")
        changed = again.changed(worth.change)
        after = None if changed is None else again.next_best(changed)
        if after is not None:
            saves = round(max(0.0, before.value.total - after.value.total), 2)
            people = left_of(before).total() - left_of(after).total()
            found[number] = replace(worth, saves=saves, people=people)
    return tuple(sorted(found, key=lambda worth: -worth.value))


def _used_up(scenario: Scenario, plan: Plan) -> Iterator[Knob]:
    """One more of everything of which the plan has nothing left."""
    rides = Rest(plan).rides
    checks: Counter[tuple[str, object]] = Counter()
    taken: Counter[tuple[str, object]] = Counter()
    posts: Counter[tuple[str, str]] = Counter()
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    for ride in rides:
        cohort = cohorts[ride.cohort]
        if ride.leg == 1:
            checks[cohort.origin, boards_on(ride)] += ride.people
        if ride.last:
            arrive = ride.alight.arrive
            day = arrive.date() if arrive else ride.trip.day
            taken[cohort.site or ride.site, day] += ride.people
            posts[ride.site, cohort.trade or ""] += ride.people
    for origin in scenario.origins:
        for day in scenario.dates:
            limit = origin.medical_per_day(day)
            if limit is not None and checks[origin.id, day] >= limit:
                path: tuple[Key, ...] = ("origins", origin.id, "medical_per_day", "on", day)
                yield more(path, "medical", limit, 1, "check", f"at {origin.label} on {on(day)}")
    for site in scenario.sites:
        for day in scenario.dates:
            limit = site.intake_per_day(day)
            if limit is not None and taken[site.id, day] >= limit:
                path = ("sites", site.id, "intake_per_day", "on", day)
                yield more(path, "intake", limit, 1, "place", f"at {site.label} on {on(day)}")
        for trade, number in site.posts.items():
            if posts[site.id, trade] >= number:
                path = ("sites", site.id, "posts", trade)
                yield more(path, "intake", number, 1, "post", f"as {trade} at {site.label}")
    yield from _coaches(scenario, plan)
    yield from _slots(scenario, plan)


def _coaches(scenario: Scenario, plan: Plan) -> Iterator[Knob]:
    names = {coach.id: coach.label for coach in scenario.coaches}
    for pool in scenario.pools:
        out: Counter[object] = Counter()
        for trip in plan.trips:
            if trip.pool == pool.id and trip.mode == "coach":
                out.update(days_out(trip))
        for day in scenario.dates:
            if out[day] >= pool.units_on(day):
                what, where = f"{names[pool.unit_type]} of {pool.id}", f"on {on(day)}"
                path: tuple[Key, ...] = ("pools", pool.id, "on", day)
                yield more(path, "fleet", pool.units_on(day), 1, what, where)


def _slots(scenario: Scenario, plan: Plan) -> Iterator[Knob]:
    """Places whose slots some coaches of the plan use; whether all of them only solving says."""
    if scenario.by_day:
        return
    used = {stop.place for trip in plan.trips for stop in trip.stops[1:-1]}
    lists: tuple[tuple[str, tuple[Place, ...]], ...] = (
        ("origins", scenario.origins),
        ("sites", scenario.sites),
        ("hubs", scenario.hubs),
    )
    for kind, places in lists:
        for place in places:
            if place.slots is not None and (place.id in used or not place.slots.trips):
                where = f"in a slot at {place.label}"
                path: tuple[Key, ...] = (kind, place.id, "slots", "trips")
                yield more(path, "slots", place.slots.trips, 1, "coach", where)


def _prices(scenario: Scenario, plan: Plan, allowance: Allowance) -> Prices | None:
    """Prices of the linear programme over all trips of coaches, where there is one."""
    if not scenario.coaches_only:
        return None
    problem, strategy = build(scenario, plan.travel), find_strategy("bound")
    seconds = None if allowance.left is None else max(1.0, SHARE * allowance.left)
    return strategy.solve(problem, strategy.Parameters(), Run(threads=1, seconds=seconds)).prices


def _price(scenario: Scenario, knob: Knob, prices: Prices | None) -> float | None:
    """What a linear programme says of one more; none where it does not know of it."""
    tables = {"medical_per_day": "medical", "intake_per_day": "intake", "on": "units"}
    table = tables.get(str(knob.path[2]))
    if prices is None or table is None:
        return None
    rows = [pool.id for pool in scenario.pools] if table == "units" else list(scenario.places)
    row, day = rows.index(str(knob.path[1])), scenario.dates.index(knob.path[-1])
    figures = getattr(prices, table)
    return round(float(figures[row, day + PAD_DAYS]) / 100, 2)
