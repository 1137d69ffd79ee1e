"""
Why a trip is as it is: what it would cost on another day, with another coach, alone, direct.

The rest of the plan stays as it is. Each alternative is laid out by the rules of one trip and, for
what trips share, beside all others; it has a price or the rule that forbids it. Departures of the
planner's grid are tried, and the cheapest that fits is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Batch, Trip
from p2p_dispatch.problem import Departures, Ledger, Load, Problem, TripChoice, TripRun, build
from p2p_dispatch.problem.trip import price_of, run_trip, who_breaks
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.why.knob import on
from p2p_dispatch.why.rest import Rest

MOST_DRIVERS = 2
"""Drivers that are tried for a coach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """
    The same people in another way.

    Attributes
    ----------
    what
        ``day``, ``coach``, ``alone`` or ``direct``.
    words
        Which: ``on 23 Feb``, ``with coach-37 of hc-37``.
    cost
        What the plan would cost more; none: the trip itself breaks a rule.
    rule
        The rule that forbids it, by itself or beside the other trips; empty where it can be.
    """

    what: str
    words: str
    cost: float | None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyTrip:
    """A trip, or a batch of one, with what else could have been done."""

    trip: str
    batch: str
    facts: tuple[str, ...]
    alternatives: tuple[Alternative, ...]


def why_trip(rest: Rest, scenario: Scenario, trip: Trip, batch: Batch | None) -> WhyTrip:
    """
    What speaks for a trip.

    Parameters
    ----------
    batch
        Whose people are asked about; none: everybody on the trip.
    """
    plan = rest.plan
    facts = tuple(_facts(plan, scenario, trip, batch))
    standing = {ride.trip.id for ride in rest.standing}
    alternatives: tuple[Alternative, ...] = ()
    if trip.id in standing:
        alternatives = tuple(_Ways(rest, scenario, trip).every(batch))
    return WhyTrip(
        trip=trip.id,
        batch=batch.id if batch else "",
        facts=facts,
        alternatives=alternatives,
    )


def _facts(plan: Plan, scenario: Scenario, trip: Trip, batch: Batch | None) -> Iterator[str]:
    people = sum(riders.count for stop in trip.stops for riders in stop.board)
    staff = sum(trip.staff.values())
    each = trip.cost / people if people else trip.cost
    yield (
        f"{trip.mode} {trip.id} on {on(trip.day)}: {people} people, {people + staff} of "
        f"{trip.allowed} allowed seats, {plan.currency} {trip.cost:,.0f}, {each:,.0f} a person"
    )
    names = scenario.places
    if batch is not None:
        where = names[batch.origin].label if batch.origin in names else batch.origin
        yield f"batch {batch.id}: {batch.people} of them from {where}"
    boarding = [stop for stop in trip.stops if stop.board]
    ending = [stop for stop in trip.stops if stop.alight]
    for stop in boarding:
        if batch is not None and stop.place != batch.origin:
            continue
        for end in ending:
            same = {r.cohort for r in stop.board} & {r.cohort for r in end.alight}
            if not same or trip.mode != "coach":
                continue
            first, last = trip.stops.index(stop), trip.stops.index(end)
            km = sum(each.km for each in trip.stops[first + 1 : last + 1])
            direct = plan.travel.leg(stop.place, end.place)[0]
            yield (
                f"{names[stop.place].label} to {names[end.place].label}: {km:,.0f} km on board, "
                f"{direct:,.0f} by the direct road"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A trip with what it costs, or the rule that it meets; with both it would cost so much."""

    trip: TripChoice | None = None
    run: TripRun | None = None
    cents: int | None = None
    rule: str = ""


class _Ways:
    """The other ways of one trip, beside all other trips."""

    def __init__(self, rest: Rest, scenario: Scenario, trip: Trip):
        question = rest.question(scenario, [])
        self.scenario, self.trip = scenario, trip
        self.problem: Problem = build(question.asked, rest.plan.travel)
        self.ledger, self.departures = Ledger(self.problem), Departures(self.problem)
        ids = [frozen.id for frozen in question.asked.frozen]
        number = ids.index(trip.id)
        for other, frozen in enumerate(self.problem.frozen):
            if other != number:
                self.ledger.add(frozen.trip, run_trip(self.problem, frozen.trip))
        stands = self.problem.frozen[number].trip
        needy = _needy(rest.plan, trip.id)
        loads = tuple(
            replace(load, accessible=needy.pop((question.names[str(load.cohort)], load.people), 0))
            for load in stands.loads
        )
        self.choice = replace(stands, loads=loads)
        self.run = run_trip(self.problem, self.choice)
        self.cost = self._cost(self.choice, self.run)

    def every(self, batch: Batch | None) -> Iterator[Alternative]:
        """All of them: other days, other coaches, alone, direct."""
        yield from self._days()
        yield from self._coaches()
        places = list(self.scenario.places)
        origins = [self._origin(load) for load in self.choice.loads]
        if len(set(origins)) > 1:
            for origin in dict.fromkeys(origins):
                if batch is None or places[origin] == batch.origin:
                    yield self._alone(origin)
        if len(self.choice.stops) > 2:
            yield self._direct()

    def _days(self) -> Iterator[Alternative]:
        free = replace(self.choice, frozen=-1)
        for day, date in enumerate(self.scenario.dates):
            if day == self.run.board_day:
                continue
            if self._outside(day):
                continue
            words = f"{'earlier' if day < self.run.board_day else 'later'}, on {on(date)}"
            yield self._told("day", words, self._best([free.pool], free, day))

    def _outside(self, day: int) -> bool:
        """Whether a day lies outside what anybody on it allows."""
        problem = self.problem
        begins, ends = problem.midnight(day), problem.midnight(day + 1)
        return any(
            problem.ready[load.cohort] >= ends or problem.latest[load.cohort] < begins
            for load in self.choice.loads
        )

    def _coaches(self) -> Iterator[Alternative]:
        free = replace(self.choice, frozen=-1)
        for number, pool in enumerate(self.scenario.pools):
            if number != free.pool:
                words = f"with {pool.unit_type} of {pool.id}"
                yield self._told("coach", words, self._best([number], free, self.run.board_day))

    def _alone(self, origin: int) -> Alternative:
        """The people of one origin on a coach of their own, the others without them."""
        label = tuple(self.scenario.places.values())[origin].label
        mine = [load for load in self.choice.loads if self._origin(load) == origin]
        others = [load for load in self.choice.loads if self._origin(load) != origin]
        return self._parted("alone", f"those from {label} on a coach of their own", [mine, others])

    def _direct(self) -> Alternative:
        """A coach for every pair of ends."""

        def ends(load: Load) -> tuple[int, int]:
            return self._origin(load), load.drop

        loads = sorted(self.choice.loads, key=ends)
        parts = [list(some) for _, some in groupby(loads, ends)]
        return self._parted("direct", f"direct, with {len(parts)} coaches", parts)

    def _parted(self, what: str, words: str, parts: Sequence[list[Load]]) -> Alternative:
        """The same people on several coaches; the rest of them keeps its order of stops."""
        found: list[_Found] = []
        for loads in parts:
            ends = {self._origin(load) for load in loads} | {load.drop for load in loads}
            stops = tuple(stop for stop in self.choice.stops if stop in ends)
            trip = replace(self.choice, stops=stops, loads=tuple(loads), frozen=-1)
            one = self._best(range(self.problem.n_pools), trip, self.run.board_day)
            found.append(one)
            if one.trip is not None and one.run is not None:
                self.ledger.add(one.trip, one.run)
        for one in found:
            if one.trip is not None and one.run is not None:
                self.ledger.add(one.trip, one.run, times=-1)
        rule = next((one.rule for one in found if one.rule), "")
        costs = [one.cents for one in found if one.cents is not None]
        more = (sum(costs) - self.cost) / 100 if len(costs) == len(found) else None
        return Alternative(what=what, words=words, cost=more, rule=rule)

    def _told(self, what: str, words: str, found: _Found) -> Alternative:
        more = None if found.cents is None else (found.cents - self.cost) / 100
        return Alternative(what=what, words=words, cost=more, rule=found.rule)

    def _best(self, pools: Sequence[int] | range, trip: TripChoice, day: int) -> _Found:
        """
        The cheapest way to run a trip on a day.

        One that fits beside the others goes before one that does not, and that before one that
        breaks a rule by itself.
        """
        every = [self._on_a_day(replace(trip, pool=pool), day) for pool in pools]
        return min(every, key=lambda f: (bool(f.rule), f.cents is None, f.cents or 0),
                   default=_Found(rule="fleet"))  # fmt: skip

    def _on_a_day(self, trip: TripChoice, day: int) -> _Found:
        """The cheapest departure of a day that fits beside the others, or the rule it meets."""
        if not all(self.problem.serves[trip.pool, self._origin(load)] for load in trip.loads):
            return _Found(rule="fleet")
        if trip.people < int(self.problem.minimum_load[self.problem.unit_type[trip.pool]]):
            return _Found(rule="minimum-load")
        if broken := who_breaks(self.problem, trip, day):
            return _Found(rule=broken)
        timed, run = self.departures.best(trip, day)
        if run.broken:
            return _Found(rule=run.broken)
        blocked = self.ledger.blocks(timed, run)
        if blocked is None:
            return _Found(trip=timed, run=run, cents=self._cost(timed, run))
        fitting = [
            _Found(trip=each, run=its, cents=self._cost(each, its))
            for each, its in self._grid(trip, day)
            if not self.ledger.blocks(each, its)
        ]
        cannot = _Found(rule=blocked, cents=self._cost(timed, run))
        return min(fitting, key=lambda found: found.cents or 0, default=cannot)

    def _grid(self, trip: TripChoice, day: int) -> Iterator[tuple[TripChoice, TripRun]]:
        """Every departure of the grid that keeps the rules of the trip and boards on a day."""
        problem = self.problem
        if problem.by_day:
            return
        first, last = problem.midnight(day) - 1440, problem.midnight(day + 1)
        for depart in range(first, last, problem.depart_every):
            for drivers in range(1, MOST_DRIVERS + 1):
                each = replace(trip, depart=depart, drivers=drivers)
                run = run_trip(problem, each)
                if run.broken is None and run.board_day == day:
                    yield each, run
                    break

    def _cost(self, trip: TripChoice, run: TripRun) -> int:
        """Everything that a trip costs, waiting, onward legs and late days of its people too."""
        problem = self.problem
        return run.cost + sum(
            load.people
            * price_of(
                problem,
                load,
                self.ledger.board_day(trip, run, self._origin(load)),
                run.arrives[trip.stops.index(load.drop)],
            )
            for load in trip.loads
        )

    def _origin(self, load: Load) -> int:
        return int(self.problem.origin[load.cohort])


def _needy(plan: Plan, trip: str) -> dict[tuple[str, int], int]:
    """People of a trip who need an accessible place, by cohort and people of the itinerary."""
    return {
        (each.cohort, each.count): each.accessible
        for each in plan.itineraries
        if each.trips == (trip,) and each.accessible
    }
