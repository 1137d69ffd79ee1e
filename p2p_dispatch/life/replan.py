"""Planning again: the plan as told, what happened since, and a plan that goes on from there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from p2p_dispatch.api import find_travel, solve_problem
from p2p_dispatch.events.model import Event, Status
from p2p_dispatch.life.changes import Change, changes_of
from p2p_dispatch.life.happened import Situation
from p2p_dispatch.life.known import judged, news
from p2p_dispatch.life.late import time_late
from p2p_dispatch.life.merge import Merged, batches, merged, roles
from p2p_dispatch.life.parts import (
    Party,
    begins,
    boards_at,
    itinerary_of,
    leaves_home,
    parts_of,
    stop_at,
    together,
    unserved_of,
    vehicle_of,
)
from p2p_dispatch.life.promises import settled
from p2p_dispatch.life.rest import Rest, facts_of, gone, rest_of
from p2p_dispatch.life.spent import with_what_is_spent
from p2p_dispatch.life.value import value_of
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.life import lived
from p2p_dispatch.plan.model import Certificate, Quality, Trip
from p2p_dispatch.plan.standing import days_out, duties_of, frozen_of
from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import NO_LIMIT
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.altered import altered
from p2p_dispatch.scenario.frozen import FrozenRiders, FrozenTrip
from p2p_dispatch.scenario.places import PerDay
from p2p_dispatch.scenario.told import ToldPeople
from p2p_dispatch.solution import Progress, Solution
from p2p_dispatch.solution.solver import Solver
from p2p_dispatch.travel import Travel

LEAST = 1.0
"""Seconds that the strategy has at least."""

Watch = Callable[[Progress], None]
"""What is called with every report of a run."""


@dataclass(frozen=True, kw_only=True)
class Replanned:
    """
    A plan made again.

    Attributes
    ----------
    scenario
        The scenario as events have changed it, with what has left and who was told what: the plan
        is judged by it.
    changes
        Who must be told what; nobody twice.
    """

    scenario: Scenario
    plan: Plan
    changes: tuple[Change, ...]

    @property
    def told_otherwise(self) -> int:
        """How many people were told something that holds no more."""
        return sum(change.count for change in self.changes if "new" not in change.what)


def replan(
    scenario: Scenario,
    plan: Plan,
    events: Sequence[Event],
    as_of: datetime,
    *,
    solver: str | Path | Solver = "quick",
    time_limit: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    threads: int | None = None,
    watch: Watch | None = None,
    from_nothing: bool = False,
) -> Replanned:
    """
    The plan that goes on from a plan as told.

    What has left by then stands. What people were told and is changed costs what ``prices`` says;
    everything else is free. Where nothing happened that matters, nothing changes.

    Parameters
    ----------
    scenario
        What the plan answers: of a plan that was made again, the scenario beside it.
    plan
        The plan as told. Its own events that it was not made with count too.
    events
        What happened since.
    as_of
        The moment, local time: what should have left by then has left.
    time_limit
        Seconds for all of this, reading and writing not among them. The strategy has what is left
        when as much is kept for afterwards as it took before, and at least a second. None: the
        solver's own limit, which is the strategy's alone.
    from_nothing
        Whether the strategy is told neither what people were told nor where to start: to compare.

    Raises
    ------
    InputError
        P2P3101 to P2P3106, when plan, events and moment do not go together; P2P2009 when the solver
        declines.
    NoPlan
        When nothing was found.
    """
    started = monotonic()
    new = news(scenario, plan, events, as_of)
    known = set(plan.events)
    now = lived(plan, [event for event in new if event not in known])
    judged(scenario, plan, now, new)
    situation = _situation(scenario, now, new, as_of)
    if _nothing_happened(scenario, situation, as_of):
        return _as_it_was(situation, now, as_of)
    travel = find_travel(situation.scenario) if plan._travel is None else plan.travel
    time_late(situation, travel)
    facts = facts_of(situation, as_of)
    situation.parts = [gone(part, facts) for part in situation.parts]
    situation.scenario = _with_room(situation, facts)
    told = _promise(situation, facts)
    rest = rest_of(situation, facts, travel)
    problem = replace(rest.problem, told=None, start=None) if from_nothing else rest.problem
    found = solve_problem(
        rest.scenario,
        problem,
        travel,
        solver,
        time_limit=time_limit and max(LEAST, time_limit - 2 * (monotonic() - started)),
        iterations=iterations,
        seed=seed,
        threads=threads,
        watch=watch and _of_all(rest, watch),
        planned=lambda solution: _planned(rest, solution),
    )
    return _replanned(situation, rest, found, told, travel)


def _situation(
    scenario: Scenario, plan: Plan, events: Sequence[Event], as_of: datetime
) -> Situation:
    bare = altered(scenario, as_of=as_of, frozen=(), told=())
    situation = Situation(
        scenario=bare,
        plan=plan,
        trips={trip.id: trip for trip in plan.trips},
        parts=parts_of(scenario, plan),
        departed={trip.id for trip in scenario.frozen if trip.left},
    )
    situation.happen(events)
    return situation


def _nothing_happened(scenario: Scenario, situation: Situation, as_of: datetime) -> bool:
    """Whether nothing is other than it was when the plan was made."""
    same = altered(scenario, as_of=as_of, frozen=(), told=()) == situation.scenario
    quiet = not (situation.cancelled or situation.late)
    return same and quiet and situation.parts == parts_of(scenario, situation.plan)


def _as_it_was(situation: Situation, plan: Plan, as_of: datetime) -> Replanned:
    """The plan as it was, at a later moment."""
    facts = facts_of(situation, as_of)
    situation.parts = [gone(part, facts) for part in situation.parts]
    situation.scenario = _with_room(situation, facts)
    told = _promise(situation, facts)
    trips = tuple(
        trip if trip.status is not Status.ORGANISED else _ordered(trip) for trip in plan.trips
    )
    done = Merged(trips=trips, parts=tuple(situation.parts), words=_reasons(plan))
    return _whole(situation, done, facts, told, plan, plan.travel)


def _ordered(trip: Trip) -> Trip:
    return trip.model_copy(update={"status": Status.TOLD})


def _reasons(plan: Plan) -> dict[tuple[object, ...], tuple[str, str]]:
    return {
        Party(
            cohort=part.cohort, count=part.count, trips=part.trips, changes=part.changes,
            moved=False,
        ).way: (part.reason, part.words)
        for part in plan.unserved
    }  # fmt: skip


def _with_room(situation: Situation, facts: frozenset[str]) -> Scenario:
    """The scenario with limits no lower than what has left has used: facts break no rule."""
    scenario = situation.scenario
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    checked: Counter[tuple[str, date]] = Counter()
    taken: Counter[tuple[str, date]] = Counter()
    out: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
    for part in situation.parts:
        if part.gone:
            first, last = situation.trips[part.trips[0]], situation.trips[part.trips[-1]]
            origin = cohorts[part.cohort].origin
            _, leaves = leaves_home(part, situation.trips, cohorts[part.cohort])
            checked[origin, leaves.date()] += part.count
            if part.moved and part.gone == len(part.trips):
                arrive = stop_at(last, part.drop).arrive
                if arrive and last.mode == "coach":
                    arrive = begins(scenario, scenario.places[part.drop], arrive)
                taken[part.site, arrive.date() if arrive else first.day] += part.count
    for name in facts:
        trip = situation.trips[name]
        if trip.mode == "coach":
            for day in days_out(trip):
                out[trip.pool, day].add(trip.unit)
    used = {key: len(units) for key, units in out.items()}

    def limit(per_day: PerDay, place: str, counts: Counter[tuple[str, date]]) -> PerDay:
        low = {
            day: n
            for (name, day), n in counts.items()
            if name == place and (most := per_day(day)) is not None and most < n
        }
        return per_day.model_copy(update={"on": {**per_day.on, **low}}) if low else per_day

    origins = tuple(
        each.model_copy(update={"medical_per_day": limit(each.medical_per_day, each.id, checked)})
        for each in scenario.origins
    )
    sites = tuple(
        each.model_copy(update={"intake_per_day": limit(each.intake_per_day, each.id, taken)})
        for each in scenario.sites
    )
    pools = tuple(
        each.model_copy(
            update={
                "on": {
                    **each.on,
                    **{d: n for (p, d), n in used.items() if p == each.id and each.units_on(d) < n},
                }
            }
        )
        for each in scenario.pools
    )
    situation.scenario = altered(scenario, origins=origins, sites=sites, pools=pools)
    return with_what_is_spent(situation, facts)


def _promise(situation: Situation, facts: frozenset[str]) -> tuple[ToldPeople, ...]:
    """Give everybody who was told something and is not at the end of their way a promise."""
    cohorts = {cohort.id: cohort for cohort in situation.scenario.cohorts}
    before = {trip.id: trip for trip in situation.plan.trips}
    told: list[ToldPeople] = []
    parts = []
    for part in together(situation.parts):
        if not part.moved or part.gone == len(part.trips):
            parts.append(replace(part, told=""))
            continue
        name = f"t{len(told) + 1}"
        cohort = cohorts[part.cohort]
        board, leaves = leaves_home(part, before, cohort)
        told.append(
            ToldPeople(
                id=name,
                cohort=part.cohort,
                count=part.count,
                leaves=leaves.date() if situation.scenario.by_day else leaves,
                vehicle=vehicle_of(part, before),
                board=board,
                drop=part.drop,
            )
        )
        parts.append(replace(part, told=name))
    situation.parts = parts
    return tuple(told)


def _of_all(rest: Rest, watch: Watch) -> Watch:
    """Reports of everybody once: with who has arrived, without seats on what has left."""
    more = sum(part.count for part in rest.done) - rest.riding

    def all_of_them(seen: Progress) -> None:
        watch(replace(seen, served=seen.served + more, people=seen.people + more))

    return all_of_them


def _planned(rest: Rest, solution: Solution) -> tuple[Problem, Solution]:
    """What the plan of the rest is made of: without trips that have left, and their riders."""
    anytime = rest.problem.earliest * 0 - NO_LIMIT
    trips = tuple(replace(trip, frozen=-1) for trip in solution.trips if trip.frozen < 0)
    coaches = solution.coaches and replace(solution.coaches, earliest=anytime, frozen=())
    problem = replace(rest.problem, earliest=anytime, frozen=(), told=None, start=None)
    return problem, replace(solution, trips=trips, coaches=coaches)


def _replanned(
    situation: Situation,
    rest: Rest,
    found: Plan,
    told: tuple[ToldPeople, ...],
    travel: Travel,
) -> Replanned:
    done = merged(situation, rest, found)
    trips = {trip.id: trip for trip in done.trips}
    cohorts = {cohort.id: cohort for cohort in situation.scenario.cohorts}
    promised = {each.id: each for each in told}
    parts = together(settled(done.parts, promised, trips, cohorts))
    done = replace(done, parts=tuple(parts))
    return _whole(situation, done, rest.facts, told, found, travel)


def _whole(
    situation: Situation,
    done: Merged,
    facts: frozenset[str],
    told: tuple[ToldPeople, ...],
    made: Plan,
    travel: Travel,
) -> Replanned:
    """The scenario that the plan is judged by, the plan, and who must be told what."""
    old = situation.plan
    names = {trip.id: trip for trip in done.trips}
    frozen = tuple(_frozen(situation, names[name], done.parts) for name in sorted(facts))
    scenario = altered(situation.scenario, frozen=frozen, told=told)
    scenario = Scenario.model_validate(scenario.model_dump(by_alias=True))
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    trips = roles(sorted(done.trips, key=_order), done.parts)
    names = {trip.id: trip for trip in trips}
    value = value_of(scenario, names, done.parts, travel)
    itineraries = tuple(itinerary_of(p, cohorts[p.cohort]) for p in done.parts if p.moved)
    unserved = tuple(
        unserved_of(p, *done.words.get(p.way, ("fleet", "nothing was found for them")))
        for p in done.parts
        if not p.moved
    )
    plan = made.model_copy(
        update={
            "scenario": scenario.name,
            "digest": scenario.digest,
            "as_of": scenario.now.replace(tzinfo=scenario.zone),
            "value": value,
            "certificate": Certificate(bound=None, gap=None, how=NO_BOUND),
            "quality": Quality.FEASIBLE,
            "people": scenario.people,
            "moved": sum(p.count for p in done.parts if p.moved),
            "trips": trips,
            "itineraries": itineraries,
            "duties": duties_of(trips),
            "batches": batches(scenario, trips, done.parts, old),
            "unserved": unserved,
            "events": old.events,
            "applied": len(old.events),
        }
    ).with_travel(travel)
    first = {p.told: p.trips[p.gone] for p in situation.parts if p.told}
    return Replanned(
        scenario=scenario,
        plan=plan,
        changes=changes_of(scenario, names, done.parts, first),
    )


NO_BOUND = "none: what is proved of plans from nothing says nothing of one that goes on"
"""Why a plan that was made again has no bound."""


def _order(trip: Trip) -> tuple[Any, ...]:
    return (trip.mode != "coach", str(trip.stops[0].depart or trip.day), trip.id)


def _frozen(situation: Situation, trip: Trip, parts: Iterable[Party]) -> FrozenTrip:
    """A trip that has left, as the scenario holds it."""
    cohorts = {cohort.id: cohort for cohort in situation.scenario.cohorts}
    riders: Counter[tuple[str, str, str]] = Counter()
    for part in parts:
        for i, name in enumerate(part.trips):
            if name != trip.id:
                continue
            board = part.changes[i - 1] if i else boards_at(trip, cohorts[part.cohort])
            last = part.moved and i == len(part.trips) - 1
            riders[part.cohort, board, part.drop if last else part.changes[i]] += part.count
    some = (
        FrozenRiders(cohort=cohort, count=count, board=board, drop=drop)
        for (cohort, board, drop), count in riders.items()
    )
    return frozen_of(trip, some, left=True)
