"""
The rest of the plan as it is: a scenario of its own, in which only some people are left to plan.

Every coach of the plan that goes all the way stands as a frozen trip with everybody on it; whoever
is asked about is a cohort of its own, and nobody else is on the roster. What a strategy makes of it
is put back into the plan, which is then a plan of the whole scenario and can be judged as one.

What is not in the question (services, the coaches to and from them, and in large plans coaches
that cannot come to these people) keeps its trips; what it uses of checks, intake and coaches is
taken off the limits, and a coach of its counts as out on every day on which it is on the road.
What it uses of slots is not: ``check`` says of the whole whether they do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import (
    Batch,
    Certificate,
    Itinerary,
    Quality,
    Riders,
    Stop,
    Trip,
    Unserved,
    Value,
)
from p2p_dispatch.plan.rides import Ride, boards_on, rides
from p2p_dispatch.plan.standing import days_out, duties_of, frozen_of
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.frozen import FrozenRiders, FrozenTrip
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.why.units import manned

LEFT_OUT = "none: the rest of the plan was not planned again"


@dataclass(frozen=True, eq=False)
class Rest:
    """
    A plan whose coaches stand.

    Attributes
    ----------
    pools
        Only coaches of these stand; others, with services and the coaches to and from them, are
        not in the question. None: of all pools.
    """

    plan: Plan
    pools: frozenset[str] | None = None

    @cached_property
    def rides(self) -> tuple[Ride, ...]:
        """Every movement line."""
        return tuple(rides(self.plan))

    @cached_property
    def standing(self) -> tuple[Ride, ...]:
        """Those on coaches that stand: nobody on them changes."""
        alone = {n for n, each in enumerate(self.plan.itineraries) if len(each.trips) == 1}
        changed = {ride.trip.id for ride in self.rides if ride.itinerary not in alone}
        return tuple(
            ride
            for ride in self.rides
            if ride.trip.mode == "coach"
            and ride.trip.id not in changed
            and (self.pools is None or ride.trip.pool in self.pools)
        )

    @cached_property
    def kept(self) -> tuple[Trip, ...]:
        """Trips that are not in the question and stay as they are."""
        standing = {ride.trip.id for ride in self.standing}
        return tuple(trip for trip in self.plan.trips if trip.id not in standing)

    @property
    def whole(self) -> bool:
        """Whether all trips are in the question."""
        return not self.kept

    def question(self, scenario: Scenario, left: Sequence[Unserved]) -> Question:
        """
        What is left to plan.

        Parameters
        ----------
        scenario
            The plan's scenario, or one with a change.
        left
            Who is to be planned: parts of the plan's unserved.
        """
        return _Maker(self, scenario, left).question()


@dataclass(frozen=True, eq=False)
class Question:
    """
    The scenario in which the rest of a plan stands.

    Attributes
    ----------
    asked
        What is solved.
    of
        The scenario whose plan it is put back into.
    names
        Its cohorts by id: the cohort of the scenario that each is of.
    """

    rest: Rest
    of: Scenario
    asked: Scenario
    left: Sequence[Unserved]
    names: dict[str, str]
    free: frozenset[str]

    def answer(self, solved: Plan, base: Value | None = None) -> Plan | None:
        """
        The plan of the whole scenario that follows from one of what was asked.

        None where a new trip finds no unit among those that the others leave free.

        Parameters
        ----------
        base
            What a plan for nobody but those who stand counts; needed where trips are not in the
            question.
        """
        old, names = self.rest.plan, self.names
        still = [
            part.model_copy(update={"cohort": names[part.cohort]})
            for part in solved.unserved
            if part.cohort in self.free
        ]
        unserved = (*(part for part in old.unserved if part not in self.left), *still)
        new = [
            each.model_copy(update={"cohort": names[each.cohort]})
            for each in solved.itineraries
            if each.cohort in self.free
        ]
        trips = manned(self.of, old, [self._trip(trip) for trip in solved.trips], self.rest.kept)
        if trips is None:
            return None
        return old.model_copy(
            update={
                "scenario": self.of.name,
                "digest": self.of.digest,
                "value": self._value(solved.value, base, unserved, (*old.itineraries, *new)),
                "certificate": Certificate(bound=None, gap=None, how=LEFT_OUT),
                "quality": Quality.FEASIBLE,
                "people": self.of.people,
                "moved": self.of.people - sum(part.count for part in unserved),
                "trips": trips,
                "itineraries": (*old.itineraries, *new),
                "duties": duties_of(trips),
                "batches": self._batches(solved),
                "unserved": unserved,
            }
        ).with_travel(old.travel)

    def _value(
        self,
        solved: Value,
        base: Value | None,
        unserved: Sequence[Unserved],
        moved: Sequence[Itinerary],
    ) -> Value:
        """What was solved, and what is not in the question."""
        old = self.rest.plan.value
        parts = solved.model_dump(exclude={"total"})
        if base is not None:
            parts = {
                name: round(getattr(old, name) + amount - getattr(base, name), 2)
                for name, amount in parts.items()
            }
        behind = sum(part.count * self._worth[part.cohort] for part in unserved)
        cohorts = {cohort.id: cohort for cohort in self.of.cohorts}
        # who stands is bound for a site in the question, and lent by nobody
        lending = sum(self.of.lending(cohorts[p.cohort], p.site) * p.count for p in moved)
        parts |= {
            "left_behind": round(behind, 2),
            "changes": old.changes,
            "lending": round(lending, 2),
        }
        total = round(sum(parts.values()) - 2 * parts["subsidies"], 2)
        return Value(**parts, total=total)

    def _batches(self, solved: Plan) -> tuple[Batch, ...]:
        """Those of the trips in the question with their status, and all others."""
        old = {(each.trip, each.origin): each for each in self.rest.plan.batches}
        asked = {trip.id for trip in solved.trips}
        return (
            *(
                each.model_copy(update={"id": same.id, "status": same.status})
                if (same := old.get((each.trip, each.origin)))
                else each
                for each in solved.batches
            ),
            *(each for each in self.rest.plan.batches if each.trip not in asked),
        )

    def _trip(self, trip: Trip) -> Trip:
        """A trip with the names of the scenario."""
        stops = tuple(self._stop(stop) for stop in trip.stops)
        return trip.model_copy(update={"stops": stops})

    def _stop(self, stop: Stop) -> Stop:
        def named(riders: Iterable[Riders]) -> tuple[Riders, ...]:
            counts: Counter[str] = Counter()
            for some in riders:
                counts[self.names[some.cohort]] += some.count
            return tuple(Riders(cohort=name, count=n) for name, n in counts.items())

        return stop.model_copy(update={"board": named(stop.board), "alight": named(stop.alight)})

    @cached_property
    def _worth(self) -> dict[str, float]:
        """What leaving one person of each cohort behind counts."""
        classes = {each.id: each.left_behind for each in self.of.priorities}
        usual = self.of.prices.left_behind
        return {each.id: classes.get(each.priority or "", usual) for each in self.of.cohorts}


class _Maker:
    def __init__(self, rest: Rest, scenario: Scenario, left: Sequence[Unserved]):
        self.rest, self.scenario, self.left = rest, scenario, left
        self.of = {cohort.id: cohort for cohort in scenario.cohorts}
        self.cohorts: list[Cohort] = []
        self.names: dict[str, str] = {}

    def question(self) -> Question:
        trips = self._frozen()
        free = frozenset(
            self._add(
                self.of[part.cohort],
                {"count": part.count, "parties": part.parties, "accessible": part.accessible},
            )
            for part in self.left
        )
        scenario = self.scenario
        rules = scenario.rules.model_copy(
            update={"priority": scenario.rules.priority.model_copy(update={"least_share": 0.0})}
        )
        classes = tuple(
            each.model_copy(update={"least_share": 0.0}) for each in scenario.priorities
        )
        asked = Scenario.model_validate(
            {
                **{name: getattr(scenario, name) for name in type(scenario).model_fields},
                **self._limits(),
                "cohorts": tuple(self.cohorts),
                "services": (),
                "frozen": trips,
                "rules": rules,
                "priorities": classes,
            }
        )
        return Question(self.rest, scenario, asked, self.left, self.names, free)

    def _add(self, cohort: Cohort, update: dict[str, Any]) -> str:
        """A cohort of the question, and the cohort of the scenario that it is of."""
        number = str(len(self.cohorts))
        self.cohorts.append(cohort.model_copy(update={"id": number, **update}))
        self.names[number] = cohort.id
        return number

    def _frozen(self) -> tuple[FrozenTrip, ...]:
        """The coaches that stand; everybody on them is a cohort of the question."""
        on: dict[str, list[Ride]] = defaultdict(list)
        parties = {n: list(each.parties) for n, each in enumerate(self.rest.plan.itineraries)}
        for ride in self.rest.standing:
            on[ride.trip.id].append(ride)
        trips = {trip.id: trip for trip in self.rest.plan.trips}
        return tuple(
            frozen_of(trips[name], (self._riders(ride, parties[ride.itinerary]) for ride in some))
            for name, some in on.items()
        )

    def _riders(self, ride: Ride, parties: list[int]) -> FrozenRiders:
        """Some people who keep their seat, with those of their itinerary's parties that fit."""
        together: list[int] = []
        for size in sorted(parties, reverse=True):
            if sum(together) + size <= ride.people:
                together.append(size)
                parties.remove(size)
        cohort = self.of[ride.cohort]
        site = {"site": ride.site, "trade": None, "lent_by": None} if ride.site else {}
        number = self._add(
            cohort,
            {"count": ride.people, "parties": tuple(together), "accessible": 0, **site},
        )
        return FrozenRiders(
            cohort=number, count=ride.people, parties=tuple(together), drop=ride.alight.place
        )

    def _limits(self) -> dict[str, Any]:
        """Places and pools without what those use of them who are not in the question."""
        scenario, used = self.scenario, uses(self.rest, self.scenario)
        posts, lent = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for ride in self.rest.rides:
            if ride.last and ride.site:
                posts[ride.site, self.of[ride.cohort].trade or ""] += ride.people
                lent[self.of[ride.cohort].lent_by or "", ride.site] += ride.people
        origins = tuple(
            each.model_copy(
                update={"medical_per_day": _less(each.medical_per_day, used.checks[each.id])}
            )
            for each in scenario.origins
        )
        sites = tuple(
            each.model_copy(
                update={
                    "intake_per_day": _less(each.intake_per_day, used.taken[each.id]),
                    "posts": {t: max(0, n - posts[each.id, t]) for t, n in each.posts.items()},
                    "lends": {s: max(0, n - lent[each.id, s]) for s, n in each.lends.items()},
                }
            )
            for each in scenario.sites
        )
        pools = tuple(
            each.model_copy(
                update={
                    "on": {
                        **each.on,
                        **{d: max(0, each.units_on(d) - n) for d, n in used.out[each.id].items()},
                    }
                }
            )
            for each in scenario.pools
        )
        return {"origins": origins, "sites": sites, "pools": pools}


@dataclass(frozen=True)
class Uses:
    """What those use of shared limits who go by services, by place or pool and day."""

    checks: defaultdict[str, Counter[date]]
    taken: defaultdict[str, Counter[date]]
    out: defaultdict[str, Counter[date]]


def uses(rest: Rest, scenario: Scenario) -> Uses:
    """What is used by the part of a plan that does not stand as frozen trips."""
    found = Uses(defaultdict(Counter), defaultdict(Counter), defaultdict(Counter))
    if rest.whole:
        return found
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    standing = {ride.trip.id for ride in rest.standing}
    for ride in rest.rides:
        if ride.trip.id in standing:
            continue
        cohort = cohorts[ride.cohort]
        if ride.leg == 1:
            found.checks[cohort.origin][boards_on(ride)] += ride.people
        if ride.last:
            arrives = ride.alight.arrive
            day = ride.trip.day if arrives is None else arrives.astimezone(scenario.zone).date()
            found.taken[cohort.site or ride.site][day] += ride.people
    for trip in rest.kept:
        if trip.mode == "coach":
            for day in days_out(trip):
                found.out[trip.pool][day] += 1
    return found


def _less(limit: Any, used: Counter[date]) -> Any:
    """A daily limit without what is used of it."""
    less = {day: max(0, most - n) for day, n in used.items() if (most := limit(day)) is not None}
    return limit.model_copy(update={"on": {**limit.on, **less}}) if less else limit
