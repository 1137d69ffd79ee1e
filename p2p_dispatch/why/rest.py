"""
The rest of the plan as it is: a scenario of its own, in which only some people are left to plan.

Every coach of the plan that goes all the way stands as a frozen trip with everybody on it; whoever
is asked about is a cohort of its own, and nobody else is on the roster. What a strategy makes of it
is put back into the plan, which is then a plan of the whole scenario and can be judged as one.

What services and the coaches to and from them use of checks, intake and coaches is taken off the
limits: a coach of theirs counts as out on every day on which it is on the road.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Certificate, Itinerary, Riders, Stop, Trip, Unserved
from p2p_dispatch.plan.rides import Ride, boards_on, rides
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.frozen import FrozenRiders, FrozenTrip
from p2p_dispatch.scenario.people import Cohort

LEFT_OUT = "none: the rest of the plan was not planned again"


@dataclass(frozen=True, eq=False)
class Rest:
    """A plan whose coaches stand."""

    plan: Plan

    @cached_property
    def rides(self) -> tuple[Ride, ...]:
        """Every movement line."""
        return tuple(rides(self.plan))

    @cached_property
    def standing(self) -> tuple[Ride, ...]:
        """Those of people who go by one coach all the way."""
        alone = {n for n, each in enumerate(self.plan.itineraries) if len(each.trips) == 1}
        return tuple(
            ride for ride in self.rides if ride.itinerary in alone and ride.trip.mode == "coach"
        )

    @cached_property
    def whole(self) -> bool:
        """Whether that is everybody who goes."""
        return len(self.standing) == len(self.rides)

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

    def answer(self, solved: Plan) -> Plan:
        """The plan of the whole scenario that follows from one of what was asked."""
        old, names = self.rest.plan, self.names
        others = [part for part in old.unserved if part not in self.left]
        still = [
            part.model_copy(update={"cohort": names[part.cohort]})
            for part in solved.unserved
            if part.cohort in self.free
        ]
        unserved = (*others, *still)
        new = [
            each.model_copy(update={"cohort": names[each.cohort]})
            for each in solved.itineraries
            if each.cohort in self.free
        ]
        kept = {trip.id: trip for trip in old.trips if trip.mode == "coach"}
        trips = tuple(self._trip(trip, kept.get(trip.id)) for trip in solved.trips)
        behind = sum(part.count * self._worth(part.cohort) for part in unserved)
        value = solved.value.model_copy(
            update={"left_behind": round(behind, 2), "changes": old.value.changes}
        )
        parts = {**value.model_dump(exclude={"total"})}
        total = round(sum(parts.values()) - 2 * value.subsidies, 2)
        return solved.model_copy(
            update={
                "scenario": self.of.name,
                "digest": self.of.digest,
                "value": value.model_copy(update={"total": total}),
                "certificate": Certificate(bound=None, gap=None, how=LEFT_OUT),
                "people": self.of.people,
                "moved": self.of.people - sum(part.count for part in unserved),
                "trips": trips,
                "itineraries": (*old.itineraries, *new),
                "unserved": unserved,
                "made": old.made,
            }
        ).with_travel(old.travel)

    def _trip(self, trip: Trip, old: Trip | None) -> Trip:
        """A trip with the names of the scenario; its status is what it was."""
        stops = tuple(self._stop(stop) for stop in trip.stops)
        status = trip.status if old is None else old.status
        return trip.model_copy(update={"stops": stops, "status": status})

    def _stop(self, stop: Stop) -> Stop:
        def named(riders: Iterable[Riders]) -> tuple[Riders, ...]:
            counts: Counter[str] = Counter()
            for some in riders:
                counts[self.names[some.cohort]] += some.count
            return tuple(Riders(cohort=name, count=n) for name, n in counts.items())

        return stop.model_copy(update={"board": named(stop.board), "alight": named(stop.alight)})

    def _worth(self, cohort: str) -> float:
        classes = {each.id: each.left_behind for each in self.of.priorities}
        of = {each.id: each.priority for each in self.of.cohorts}
        return classes.get(of[cohort] or "", self.of.prices.left_behind)


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
            FrozenTrip(
                id=name,
                pool=trips[name].pool,
                leaves=_leaves(trips[name]),
                drivers=trips[name].drivers,
                stops=tuple(stop.place for stop in trips[name].stops[1:-1]),
                riders=tuple(self._riders(ride, parties[ride.itinerary]) for ride in some),
            )
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
        site = {"site": ride.site, "trade": None} if ride.site else {}
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
        posts: Counter[tuple[str, str]] = Counter()
        for ride in self.rest.rides:
            if ride.last and ride.site:
                posts[ride.site, self.of[ride.cohort].trade or ""] += ride.people
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
    standing = {ride.itinerary for ride in rest.standing}
    for ride in rest.rides:
        if ride.itinerary in standing:
            continue
        cohort = cohorts[ride.cohort]
        if ride.leg == 1:
            found.checks[cohort.origin][boards_on(ride)] += ride.people
        if ride.last:
            arrives = ride.alight.arrive
            day = ride.trip.day if arrives is None else arrives.astimezone(scenario.zone).date()
            found.taken[cohort.site or ride.site][day] += ride.people
    kept = {ride.trip.id for ride in rest.standing}
    for trip in rest.plan.trips:
        if trip.mode == "coach" and trip.id not in kept:
            for day in days_out(trip):
                found.out[trip.pool][day] += 1
    return found


def days_out(trip: Trip) -> list[date]:
    """Days on which a coach is on the road."""
    first, last = trip.stops[0].depart, trip.stops[-1].arrive
    if first is None or last is None:
        return [trip.day + timedelta(days=n) for n in range(max(1, trip.days))]
    return [first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1)]


def _less(limit: Any, used: Counter[date]) -> Any:
    """A daily limit without what is used of it."""
    less = {day: max(0, most - n) for day, n in used.items() if (most := limit(day)) is not None}
    return limit.model_copy(update={"on": {**limit.on, **less}}) if less else limit


def _leaves(trip: Trip) -> Any:
    depart = trip.stops[0].depart
    return trip.day if depart is None else depart.replace(tzinfo=None)


def itineraries_of(plan: Plan, trip: str) -> list[Itinerary]:
    """Who takes a trip."""
    return [each for each in plan.itineraries if trip in each.trips]
