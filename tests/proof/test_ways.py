"""Patterns and their costs, against the rules of one trip, order by order."""

from __future__ import annotations

from itertools import combinations, permutations, product

import pytest

from p2p_dispatch.problem import Departures, Load, Problem, TripChoice, build
from p2p_dispatch.travel import travel_of
from p2p_solvers.proof.generation import Generation
from p2p_solvers.proof.memory import WAY
from p2p_solvers.proof.oracle import Room
from p2p_solvers.proof.ways import stop_of
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
