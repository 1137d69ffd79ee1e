"""Patterns and their costs, against the rules of one trip, order by order."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, permutations, product

import pytest

from p2p_dispatch.problem import Departures, Load, Problem, TripChoice, TripRun, build, run_trip
from p2p_dispatch.solution import Run
from p2p_dispatch.travel import travel_of
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.start import first_plan
from p2p_solvers.proof.blocks import NEXT_DAY, TONIGHT
from p2p_solvers.proof.generation import Generation
from p2p_solvers.proof.known import columns_of
from p2p_solvers.proof.memory import WAY
from p2p_solvers.proof.oracle import Room
from p2p_solvers.proof.ways import (
    ANYBODY,
    after_of,
    before_of,
    next_day_of,
    stop_of,
    tonight_of,
)
from tests.generated.scenarios import random_scenario

Stops = tuple[frozenset[int], frozenset[int]]


def ways_of(room: Room) -> dict[Stops, list[tuple[int, int, int]]]:
    """Pick-ups and drops of all patterns, with days, drivers and metres."""
    found: dict[Stops, list[tuple[int, int, int]]] = {}
    for stops, route, _ in room.ways.reshape(-1, WAY).tolist():
        on = [room.block.origins[s] for i in range(3) if (s := stop_of(stops, i)) >= 0]
        off = [room.block.drops[s] for i in range(3, 6) if (s := stop_of(stops, i)) >= 0]
        figures = (route >> 3) & 7, route & 7, route >> 15
        found.setdefault((frozenset(on), frozenset(off)), []).append(figures)
    return found


def sets(places: tuple[int, ...], most: int) -> list[tuple[int, ...]]:
    return [some for n in range(1, most + 1) for some in combinations(places, n)]


def runs(
    problem: Problem, room: Room, on: tuple[int, ...], off: tuple[int, ...]
) -> list[TripChoice]:
    """Trips over some stops in every order, with one person for each pair of them."""
    riders = {
        (room.block.origins[e.origin], room.block.drops[e.drop]): e.cohort
        for e in room.block.entries
    }
    mine = {pair: cohort for pair, cohort in riders.items() if pair[0] in on and pair[1] in off}
    if {a for a, _ in mine} != set(on) or {b for _, b in mine} != set(off):
        return []
    loads = tuple(Load(cohort=cohort, people=1, drop=pair[1]) for pair, cohort in mine.items())
    return [
        TripChoice(pool=room.block.pools[0], depart=0, drivers=1, stops=(*a, *b), loads=loads)
        for a, b in product(permutations(on), permutations(off))
    ]


@pytest.mark.parametrize("seed", range(25))
def test_patterns_are_those_that_the_rules_of_one_trip_allow(seed: int) -> None:
    """By the day: no order of any stops that keeps the rules is cheaper than what was found."""
    scenario = random_scenario(seed, by_day=True)
    generation = Generation(build(scenario, travel_of(scenario)), 1, 1_000_000, 10)
    generation.lay_out(lambda: False)
    problem = generation.problem
    departures = Departures(problem)
    for room in generation.rooms:
        found, allowed = ways_of(room), set()
        picks = sets(room.block.origins, problem.most_pickups)
        drops = sets(room.block.drops, problem.most_drops)
        for on, off in product(picks, drops):
            for trip in runs(problem, room, on, off):
                timed, ran = departures.best(trip, room.block.day)
                if ran.broken and ran.broken not in ("seats", "notice"):
                    continue
                ran_days, metres = max(1, ran.days), ran.metres
                if ran.broken:
                    continue
                allowed.add((frozenset(on), frozenset(off)))
                assert any(
                    days <= ran_days and drivers <= timed.drivers and length <= metres
                    for days, drivers, length in found[frozenset(on), frozenset(off)]
                )
        assert all(len(ways) <= 4 for ways in found.values())
        # what was found and no order could be run is only held up by seats or notice
        for on_, off_ in set(found) - allowed:
            trips = runs(problem, room, tuple(on_), tuple(off_))
            broken = {departures.best(trip, room.block.day)[1].broken for trip in trips}
            assert broken & {"seats", "notice"}


def holds(problem: Problem, room: Room, trip: TripChoice, ran: TripRun) -> bool:
    """Whether one of the patterns of a room takes no more than a trip, and everybody on it."""
    block, picks = room.block, len({int(problem.origin[load.cohort]) for load in trip.loads})
    late = any(problem.day(goes) > block.day for goes in ran.goes[:picks])
    if trip.pool not in block.pools or (block.day, block.late) != (ran.board_day, late):
        return False
    needs = {(e.cohort, block.drops[e.drop]): e.needs for e in block.entries}
    for stops, route, times in room.ways.reshape(-1, WAY).tolist():
        on = [block.origins[s] if (s := stop_of(stops, i)) >= 0 else -1 for i in range(3)]
        off = [block.drops[s] if (s := stop_of(stops, 3 + i)) >= 0 else -1 for i in range(3)]
        if {*on, *off} - {-1} != set(trip.stops):
            continue
        pairs = (route >> 6) & ANYBODY
        asked = [
            (1 << 3 * on.index(int(problem.origin[load.cohort])) + off.index(load.drop),
             needs.get((load.cohort, load.drop), -1))
            for load in trip.loads
        ]  # fmt: skip
        ride = all(
            bit & pairs
            and need >= 0
            and (not need & TONIGHT or bit & tonight_of(times))
            and (not need & NEXT_DAY or bit & next_day_of(times))
            for bit, need in asked
        )
        kind = problem.unit_type[trip.pool]
        per_day, each = problem.per_day[kind], problem.driver_day
        crew = ((route >> 3) & 7) * (per_day + (route & 7) * each)
        crew = crew <= ran.days * (per_day + trip.drivers * each)
        sooner = before_of(times) <= ran.goes[0] - ran.leave
        sooner = sooner and after_of(times) <= ran.back - ran.goes[0]
        if ride and crew and sooner and route >> 15 <= ran.metres:
            return True
    return False


@pytest.mark.parametrize("seed", range(1, 15))
def test_by_the_clock_no_trip_takes_less_than_its_pattern(seed: int) -> None:
    """Trips of plans, and random ones with a few people, on any day on which they can run."""
    scenario, draw = random_scenario(seed, by_day=False), random.Random(seed)
    problem = build(scenario, travel_of(scenario))
    generation = Generation(problem, 1, 10_000_000, 10)
    generation.lay_out(lambda: False)
    board = first_plan(problem, Run(seed=seed), 0.7)
    trips = list(trips_of(board.groups, board.s))
    departures = Departures(problem)
    for _ in range(60):
        cohorts = draw.sample(range(problem.n_cohorts), min(problem.n_cohorts, draw.randint(1, 4)))
        loads = tuple(
            Load(cohort=c, people=1, drop=draw.choice(problem.drops[c])[0])
            for c in cohorts
            if not problem.parties[c] and not problem.accessible[c]
        )
        on = {int(problem.origin[load.cohort]) for load in loads}
        off = {load.drop for load in loads}
        stops = (*draw.sample(sorted(on), len(on)), *draw.sample(sorted(off), len(off)))
        pool, day = draw.randrange(problem.n_pools), draw.randrange(problem.n_days)
        trip = TripChoice(pool=pool, depart=0, drivers=1, stops=stops, loads=loads)
        if loads:
            trips.append(departures.best(trip, day)[0])
            depart = problem.midnight(day) + draw.randrange(1440)
            trips.append(replace(trip, depart=depart, drivers=draw.choice([1, 2])))
    seen = 0
    for trip in trips:
        ran = run_trip(problem, trip)
        if ran.broken is None and problem.units[trip.pool, ran.board_day + problem.pad]:
            seen += 1
            assert any(holds(problem, room, trip, ran) for room in generation.rooms)
            assert len(list(columns_of(problem, generation.moments, generation.rooms, [trip]))) == 1
    assert seen
