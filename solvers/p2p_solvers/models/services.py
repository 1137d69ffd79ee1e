"""Services that could run: near origins to near drops, on a day, with a unit of a pool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations, product
from typing import NamedTuple

from p2p_dispatch.problem import Departures, Load, Problem, TripChoice
from p2p_dispatch.problem.basics import NO_LIMIT
from p2p_solvers.models.pieces import Piece

LARGEST = 3
"""Most origins and most drops of a service; a model of more grows past use."""


class Service(NamedTuple):
    """
    A trip that could run any number of times.

    Attributes
    ----------
    stops
        Pick-ups, then drops, on the shortest road.
    riders
        Most people on one run.
    cost
        Cents for one run.
    pieces
        Numbers of the pieces it can take.
    """

    pool: int
    day: int
    days: int
    stops: tuple[int, ...]
    riders: int
    cost: int
    pieces: tuple[int, ...]

    def out(self, problem: Problem) -> range:
        """Days of the horizon on which its unit is held."""
        return range(self.day, min(self.day + self.days, problem.n_days))


class _Draft(NamedTuple):
    """A service before it is run by the rules: how dear it promises to be for each rider."""

    each: float
    pool: int
    day: int
    origins: tuple[int, ...]
    drops: tuple[int, ...]
    pieces: tuple[int, ...]


def services_for(
    problem: Problem,
    pieces: Sequence[Piece],
    *,
    near: int,
    most: int,
    stop: Callable[[], bool],
) -> list[Service]:
    """
    Services for some pieces, the cheapest of each piece first.

    Parameters
    ----------
    near
        How many neighbours of an origin, and of a drop, share a service with it.
    most
        Most services.
    stop
        Whether the time is up.
    """
    departures = Departures(problem)
    found: list[Service] = []
    for draft in _fair(sorted(_drafts(problem, pieces, near)), len(pieces)):
        if len(found) >= most or stop():
            break
        service = _run(problem, departures, pieces, draft)
        if service:
            found.append(service)
    return found


def _fair(drafts: Sequence[_Draft], n_pieces: int) -> list[_Draft]:
    """The best for each piece first, then the second best, and so on."""
    seen, turns = [0] * n_pieces, []
    for j, draft in enumerate(drafts):
        turns.append((min(seen[i] for i in draft.pieces), j))
        for i in draft.pieces:
            seen[i] += 1
    return [drafts[j] for _, j in sorted(turns)]


def _drafts(problem: Problem, pieces: Sequence[Piece], near: int) -> Iterable[_Draft]:
    riding: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, piece in enumerate(pieces):
        for at in piece.lone:
            riding[at].append(i)
    for (pool, day), numbers in riding.items():
        between: dict[tuple[int, int], list[int]] = defaultdict(list)
        for i in numbers:
            between[pieces[i].origin, pieces[i].drop].append(i)
        starts = sorted({origin for origin, _ in between})
        ends = sorted({drop for _, drop in between})
        picks = _near_sets(problem, starts, near, min(LARGEST, problem.most_pickups))
        drops = _near_sets(problem, ends, near, min(LARGEST, problem.most_drops))
        for some, others in product(picks, drops):
            there = {pair: between[pair] for pair in product(some, others) if pair in between}
            used = {place for pair in there for place in pair}
            if len(used) < len(some) + len(others):
                continue  # a stop without anybody
            mine = tuple(sorted(i for each in there.values() for i in each))
            riders = max(pieces[i].lone[pool, day].riders for i in mine)
            filled = min(riders, sum(pieces[i].people for i in mine))
            cost = min(pieces[i].lone[pool, day].run.cost for i in mine)
            yield _Draft(cost / filled, pool, day, some, others, mine)


def _near_sets(
    problem: Problem, places: Sequence[int], near: int, largest: int
) -> list[tuple[int, ...]]:
    """Every place alone, with one of its neighbours, and with two."""
    sets: set[tuple[int, ...]] = {(place,) for place in places}
    for place in places:
        ways = sorted((int(problem.metres[place, p]), p) for p in places if p != place)
        close = [p for way, p in ways if way >= 0][:near]
        if largest >= 2:
            sets |= {tuple(sorted((place, p))) for p in close}
        if largest >= 3:
            pairs = [(p, q) for p in close for q in close if p < q]
            sets |= {tuple(sorted((place, p, q))) for p, q in pairs}
    return sorted(sets)


def _run(
    problem: Problem, departures: Departures, pieces: Sequence[Piece], draft: _Draft
) -> Service | None:
    """The service on the shortest road that the rules of one trip let it take."""
    ways = [
        (_metres(problem, draft.pool, (*some, *others)), (*some, *others))
        for some in permutations(draft.origins)
        for others in permutations(draft.drops)
    ]
    way, stops = min(ways)
    if way >= NO_LIMIT:
        return None
    one_each = {(pieces[i].origin, pieces[i].drop): i for i in draft.pieces}
    loads = tuple(
        Load(cohort=pieces[i].cohort, people=1, drop=pieces[i].drop) for i in one_each.values()
    )
    trip = TripChoice(pool=draft.pool, depart=0, drivers=1, stops=stops, loads=loads)
    _, run = departures.best(trip, draft.day)
    if run.broken:
        return None
    riders = min(pieces[i].lone[draft.pool, draft.day].riders for i in draft.pieces)
    return Service(draft.pool, draft.day, run.days, stops, riders, run.cost, draft.pieces)


def _metres(problem: Problem, pool: int, stops: tuple[int, ...]) -> int:
    depot = int(problem.depot[pool])
    legs = zip((depot, *stops), (*stops, depot), strict=True)
    ways = [int(problem.metres[leg]) for leg in legs]
    return NO_LIMIT if min(ways) < 0 else sum(ways)
