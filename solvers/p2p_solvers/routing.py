"""
Routing: OR-Tools' routing library over coach-sized pieces, then a repair.

What the models have. Groups are cut into pieces that fit a coach (parties whole), each a pick-up
and a delivery that may be left out at the value of its people. Vehicles are unit-days: a unit of
a pool on a day, held for the days and with the drivers that trips of its kind need. Seats; most
pick-ups and drops, and all pick-ups before all drops; the ready and due days, closed days, risk,
notice and seats of every piece taken alone, through its lone trip; detour and, by the day, ride,
two-day and second-driver limits. By the clock also times, opening hours, ready and due minutes
and the longest ride, with the breaks spread over the driving. Units, intake and checks are dealt
out before each model is built (``models.deal``), so that no answer breaks them.

What they leave to the repair: by the day the detour between first and last stop (the models keep
that of every rider); rests, bans, night and rolling hours, days and drivers by the clock;
slots; budget; least loads; luggage and accessible places; risk levels on a shared coach.

How it is cut up. By home depot, the nearest that can serve a piece; for each a first model, then
rounds: a few trips that lie near each other, and people left behind near them, in a model of
their own, from their units and days dealt anew; it is kept if it is no dearer. Most rounds take
the library's parallel cheapest insertion alone, some its local search.

Repair. Every route is run by the rules and booked; while one does not stand, the fewest people
that can be are taken off it. Who has fallen out is put on by the engine's insertion, for least.
That part of the work, and the rounds of mending if ``mending_rounds`` asks for any, is not
OR-Tools'.

Source: the routing library of OR-Tools; rounds as in Shaw (1998).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BaseModel, Field

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_dispatch.solution import Ended, Parameters, Run, Solution
from p2p_solvers.engine.load import frozen_board
from p2p_solvers.jobs.narrow import narrowed
from p2p_solvers.models.depot_search import DepotSearch
from p2p_solvers.models.lone import LoneTrips
from p2p_solvers.models.pieces import pieces_by_depot
from p2p_solvers.models.repair import Repair, Riders, left_on

CHECK_EVERY = 200
"""Rounds between two plans that are repaired and handed over."""

MOST_TRIPS = 6
"""Most trips taken apart in a round of mending."""


class RoutingParameters(Parameters):
    """How long it searches, in what portions, and what the repair may do."""

    rounds: Annotated[int, Field(ge=0)] = 30
    """Rounds for every ten pieces of a depot, where no limit is given."""

    pieces: Annotated[int, Field(ge=2, le=100)] = 20
    """Most pieces in the trips that a round frees."""

    local_search: Annotated[float, Field(ge=0, le=1)] = 0.02
    """Share of the rounds in which local search is used."""

    solutions: Annotated[int, Field(ge=1)] = 30
    """Most solutions that local search goes through in a round."""

    hope: Annotated[float, Field(ge=0, le=1)] = 0.7
    """Share of a new trip's seats that the repair's insertion hopes to fill."""

    mending_rounds: Annotated[int, Field(ge=0)] = 0
    """Rounds of the engine's mending after the repair: none of it is OR-Tools' work."""


class Routing:
    """OR-Tools' routing library on coach-sized pieces, made to keep every rule afterwards."""

    name: ClassVar[str] = "routing"
    Parameters: ClassVar[type[BaseModel]] = RoutingParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """First routes depot by depot, then rounds; repaired now and then, and at the end."""
        assert isinstance(parameters, RoutingParameters)
        problem = narrowed(problem)
        searches = searches_of(problem, run)
        hope, mending = round(100 * parameters.hope), parameters.mending_rounds
        planned, ended = _planned(searches, parameters, run), Ended.DONE
        if run.iterations is not None:
            ended = Ended.ITERATIONS
        for k, search in enumerate(searches):
            search.begin(_left(run))
            repair = repaired(problem, searches[: k + 1], run)
            run.keep(repair.solution(Ended.DONE), repair.progress(run, "first routes"))
            if run.stop():
                break
        reserve = self._keep_repaired(problem, searches, hope, run)
        rng = np.random.default_rng(run.seed)
        shares = np.array([len(search.pieces) for search in searches], dtype=np.float64)
        for played in range(planned):
            if run.seconds is not None and run.elapsed + 2 * reserve >= run.seconds:
                ended = Ended.TIME
                break
            search = searches[int(rng.choice(len(searches), p=shares / shares.sum()))]
            climbs = rng.random() < parameters.local_search
            search.round(parameters.pieces, _left(run), parameters.solutions if climbs else 0)
            if played % CHECK_EVERY == CHECK_EVERY - 1:
                reserve = self._keep_repaired(problem, searches, hope, run)
        repair = repaired(problem, searches, run)
        if searches and not (run.best and run.stop()):
            repair.insert_rest(hope)
            repair.mend(mending, MOST_TRIPS, run)
        run.keep(repair.solution(ended), repair.progress(run, "repaired"))
        assert run.best is not None
        return replace(run.best, ended=Ended.TIME if run.stop() else ended)

    def _keep_repaired(
        self, problem: Problem, searches: list[DepotSearch], hope: int, run: Run
    ) -> float:
        """Hand over the plan as it would be if this were the end; the seconds that takes."""
        began = run.elapsed
        if not run.stop():
            repair = repaired(problem, searches, run)
            repair.insert_rest(hope)
            run.keep(repair.solution(Ended.DONE), repair.progress(run, "searching"))
        return run.elapsed - began


def searches_of(problem: Problem, run: Run) -> list[DepotSearch]:
    """A search for every depot; they share what is left of intake and checks."""
    board = frozen_board(problem, run.seed)
    units, intake, medical = left_on(board)
    by_depot = pieces_by_depot(board, LoneTrips(problem), run.stop)
    return [
        DepotSearch(problem, depot, pieces, units, intake, medical, run.seed)
        for depot, pieces in by_depot.items()
    ]


def repaired(problem: Problem, searches: list[DepotSearch], run: Run) -> Repair:
    """A board with the routes of some searches, as far as the rules let them stand."""
    repair = Repair(frozen_board(problem, run.seed))
    repair.begin()
    for search in searches:
        for route in search.routes:
            picks = [search.pieces[i] for i in route.picks]
            stops = [piece.origin for piece in picks]
            stops += [search.pieces[i].drop for i in route.drops]
            riders = [Riders(p.group, p.people, p.origin, p.drop) for p in picks]
            repair.propose(route.vehicle.pool, route.vehicle.day, stops, riders)
    repair.end()
    return repair


def _planned(searches: list[DepotSearch], parameters: RoutingParameters, run: Run) -> int:
    if not searches:
        return 0
    if run.iterations is not None:
        return run.iterations
    if run.seconds is not None:
        return NO_LIMIT
    return parameters.rounds * sum(len(search.pieces) for search in searches) // 10


def _left(run: Run) -> float | None:
    """Seconds left; None: no limit."""
    return None if run.seconds is None else max(0.001, run.seconds - run.elapsed)
