"""The side that proves: columns priced over all trips, beside whatever makes the plan."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import NamedTuple

from p2p_dispatch.problem import Problem
from p2p_dispatch.solution import Bound, Progress, Run, Solution
from p2p_solvers.bound import HOPE, BoundParameters, proved
from p2p_solvers.engine.result import trips_of
from p2p_solvers.engine.start import first_plan
from p2p_solvers.proof.generation import Generation
from p2p_solvers.together.candidates import Trips
from p2p_solvers.together.columns import trips_of_runs
from p2p_solvers.together.meeting import Side
from p2p_solvers.together.recombine import seated

LAY_OUT, HIGHER = 0.15, 0.5
"""Shares of the time after which it is given up: if the patterns are not found by then, and if the
bound is no higher by then than the one there was."""

PER_PATTERN = 2.5e-5
"""Seconds, about, from a pattern by the clock to the value of the programme: all are priced some
forty times, since few can be passed over."""


class Effort(NamedTuple):
    """
    How far to go.

    Attributes
    ----------
    nodes
        Most steps beyond the linear programme.
    heeds
        Whether only cheaper plans than the best are looked at. How many steps that saves depends
        on when plans are found, so on the machine.
    """

    nodes: int
    heeds: bool


def prove_by_columns(
    problem: Problem,
    parameters: BoundParameters,
    side: Side,
    known: Callable[[], Trips] | None = None,
    effort: Callable[[], Effort] | None = None,
) -> Generation | None:
    """
    Hand over better and better bounds until there is none, or the side has to stop.

    Where there is more than fits into the time it is given up early: the time is better spent on
    the plan.

    Parameters
    ----------
    known
        Gives trips of a plan that lead to the first prices; none: those of a first plan.
    effort
        Says how far to go, once ``known`` was asked; none: as the parameters say, and no plan is
        heeded.

    Returns
    -------
    What the last bound came from; None if it was given up.
    """
    began, before = side.elapsed, side.meeting.run.bound

    def late(share: float) -> bool:
        if side.seconds is None:
            return False
        return side.elapsed > began + share * (side.seconds - began)

    generation = Generation(
        problem,
        side.threads,
        parameters.patterns,
        parameters.columns,
        parameters.nodes,
        parameters.afresh,
    )
    needs = 0.0 if problem.by_day else PER_PATTERN * sum(room.count for room in generation.rooms)
    if side.seconds is not None and needs > side.seconds - began:
        return None
    if not generation.lay_out(lambda: side.stop() or late(LAY_OUT)):
        return None
    looked, took = side.elapsed, 0.0
    trips = known() if known else _first_trips(problem, side)
    nodes, heeds = effort() if effort else Effort(parameters.nodes, heeds=False)
    generation.nodes = nodes
    for bound in generation.run(side.stop, trips, lambda: _cost(side) if heeds else None):
        for pools, runs in generation.plans():
            _try(problem, list(trips_of_runs(problem, generation.rooms, runs)), pools, side)
        told = proved(Solution(trips=(), cost=0), bound.cents, generation)
        side.prove(
            Bound(cents=float(bound.cents), how=told.bound_how, leaves_out=told.bound_leaves_out)
        )
        if before is not None and bound.cents <= before.cents and late(HIGHER):
            return None
        if side.elapsed >= looked + 20 * took:
            looked = side.elapsed
            side.meeting.look_where(generation)
            took = side.elapsed - looked
    return generation


def _cost(side: Side) -> int | None:
    best = side.meeting.run.best
    return None if best is None else best.cost


def _try(problem: Problem, trips: Trips, pools: set[int], side: Side) -> None:
    """Make a plan of whole trips of some pools and, of the other pools, the best plan's."""
    best, cost = side.meeting.run.best, _cost(side)
    others = [trip for trip in best.trips if trip.pool not in pools] if best else []
    left = None if side.seconds is None else side.seconds - side.elapsed
    plan = seated(problem, trips, others, left) if problem.by_day else None
    if plan is not None and (cost is None or plan.cost < cost):
        progress = Progress(
            seconds=side.elapsed,
            served=sum(trip.people for trip in plan.trips),
            people=problem.everybody,
            trips=len(plan.trips),
            cost=plan.cost,
            note="a plan from the bound",
        )
        side.keep(plan, progress)


def _first_trips(problem: Problem, side: Side) -> Trips:
    quiet = Run(seed=side.seed, seconds=side.seconds, started=side.started)
    board = first_plan(problem, quiet, HOPE)
    return trips_of(board.groups, board.s)


class Beside:
    """Some work in a thread of its own; what goes wrong there is raised where it is waited for."""

    def __init__(self, side: Side, work: Callable[[], None]) -> None:
        self._side, self._work = side, work
        self._fault: BaseException | None = None
        self._thread = Thread(target=self._do, daemon=True)
        self._thread.start()

    def _do(self) -> None:
        try:
            self._work()
        except BaseException as fault:
            self._fault = fault
            self._side.meeting.over.set()

    def wait(self) -> None:
        """Until it is done."""
        self._thread.join()
        if self._fault is not None:
            raise self._fault
