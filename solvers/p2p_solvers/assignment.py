"""
Assignment: people to services that could run, by an integer programme, then a repair.

A service ``k`` is a pool, a day and up to three near origins and three near drops, in the order
of the shortest road; it is run by the rules of one trip, so that what it costs is exact. ``i`` is
a piece of a group, of ``n[i]`` people. With ``y[k]`` runs of a service, ``x[i, k]`` people of a
piece on it and ``u[i]`` left behind, for each home depot,

    min  sum cost[k] y[k] + sum wait[i, k] x[i, k] + sum worth[i] u[i]
    s.t. sum_k x[i, k] + u[i]  = n[i]                      everybody
         sum_i x[i, k]        <= riders[k] y[k]            seats
         x[i, k]              <= min(n[i], riders[k]) y[k] implied by whole runs; tightens
         sum x[i, k]          <= intake, medical           by site or origin, and day
         sum y[k]             <= units                     by pool and day, trips of two days twice
         y whole, x and u not.

The relaxed programme over many services names those that matter: with the least reduced cost.
The whole one over these is solved by HiGHS, through MathOpt. People are then rounded, loads split
over the runs, parties whole by first fit.

What it leaves out: parties may be parted until the rounding; luggage, accessible places, slots,
risk levels on a shared coach, budget, least loads. The repair is that of ``routing``: each trip is
run by the rules and booked, those whom it cannot take are put on by the engine's insertion.

There is no bound: services are a choice of some, depots are taken one after another, and each
piece has one home depot and one drop. What the programme proves holds for none but itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Ended, Parameters, Run, Solution
from p2p_solvers.engine.load import frozen_board
from p2p_solvers.jobs.narrow import narrowed
from p2p_solvers.models.assign import Limits, Programme
from p2p_solvers.models.lone import LoneTrips
from p2p_solvers.models.pieces import Piece, pieces_by_depot
from p2p_solvers.models.repair import Repair, left_on
from p2p_solvers.models.runs import runs_of
from p2p_solvers.models.services import Service, services_for

MOST_AT_ONCE = 300
"""Pieces in a programme; more are taken in turns, whoever must leave first."""


class AssignmentParameters(Parameters):
    """Which services there are, how many, and how well the programme is solved."""

    near: Annotated[int, Field(ge=0, le=10)] = 3
    """How many neighbours of an origin, and of a drop, share a service with it."""

    candidates: Annotated[int, Field(ge=1)] = 1500
    """Most services in the relaxed programme of a depot."""

    services: Annotated[int, Field(ge=1)] = 600
    """Most services in its whole one."""

    nodes: Annotated[int, Field(ge=0)] = 50
    """Most nodes of its tree where no limit is given."""

    gap: Annotated[float, Field(ge=0, lt=1)] = 0.01
    """Good enough for one programme."""

    hope: Annotated[float, Field(ge=0, le=1)] = 0.7
    """Share of a new trip's seats that the repair's insertion hopes to fill."""


class Assignment:
    """People to services by an integer programme, depot by depot."""

    name: ClassVar[str] = "assignment"
    Parameters: ClassVar[type[BaseModel]] = AssignmentParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Programme after programme, each one's trips booked before the next; then a repair."""
        assert isinstance(parameters, AssignmentParameters)
        problem = narrowed(problem)
        repair = Repair(frozen_board(problem, run.seed))
        by_depot = pieces_by_depot(repair.board, LoneTrips(problem), run.stop)
        portions = [part for pieces in by_depot.values() for part in _portions(pieces)]
        waiting = sum(len(pieces) for pieces in portions)
        ended = Ended.DONE if run.iterations is None else Ended.ITERATIONS
        for pieces in portions:
            if run.stop():
                break
            # a tenth of the time is kept for the repair
            left = None if run.seconds is None else 0.9 * run.seconds - run.elapsed
            share = None if left is None else max(0.001, left * len(pieces) / waiting)
            _send(problem, repair, pieces, parameters, share, run)
            waiting -= len(pieces)
            run.keep(repair.solution(Ended.DONE), repair.progress(run, "services assigned"))
        if portions and not run.stop():
            repair.insert_rest(round(100 * parameters.hope))
        run.keep(repair.solution(ended), repair.progress(run, "repaired"))
        assert run.best is not None
        return replace(run.best, ended=Ended.TIME if run.stop() else ended)


def _portions(pieces: Sequence[Piece]) -> list[list[Piece]]:
    turns = sorted(pieces, key=lambda piece: (piece.days[-1], piece.origin, piece.group))
    return [turns[i : i + MOST_AT_ONCE] for i in range(0, len(turns), MOST_AT_ONCE)]


def _send(
    problem: Problem,
    repair: Repair,
    pieces: Sequence[Piece],
    parameters: AssignmentParameters,
    seconds: float | None,
    run: Run,
) -> None:
    """Solve one programme and put its trips on the board."""
    units, intake, medical = left_on(repair.board)
    began = run.elapsed

    def late() -> bool:
        return run.stop() or (seconds is not None and run.elapsed - began > 0.2 * seconds)

    def limits() -> Limits:
        left = None if seconds is None else max(0.001, seconds - (run.elapsed - began))
        nodes = parameters.nodes if run.iterations is None else run.iterations
        return Limits(left, None if seconds is not None else nodes, parameters.gap, run.seed)

    services: list[Service] = services_for(
        problem, pieces, near=parameters.near, most=parameters.candidates, stop=late
    )
    if len(services) > parameters.services:
        relaxed = Programme(problem, pieces, services, units, intake, medical, whole=False)
        best = relaxed.best_services(limits(), parameters.services)
        services = [services[k] for k in best]
    programme = Programme(problem, pieces, services, units, intake, medical, whole=True)
    answer = programme.solve(limits())
    if answer is None:
        return
    repair.begin()
    for service, riders in runs_of(services, pieces, repair.board.groups.whole, answer):
        repair.propose(service.pool, service.day, service.stops, riders)
    repair.end()
