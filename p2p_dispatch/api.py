"""The whole way in one call: build, solve, plan."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from math import ceil
from pathlib import Path
from typing import Any

from p2p_dispatch._version import __version__
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.make import make_plan
from p2p_dispatch.plan.model import Made
from p2p_dispatch.problem import Ledger, Problem, build, run_trip
from p2p_dispatch.problem.proof import proofs
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.frozen import FrozenTrip
from p2p_dispatch.solution import Declined, Ended, Progress, Quality, Run, Solution
from p2p_dispatch.solution.solver import Solver, read_solver
from p2p_dispatch.travel import Travel
from p2p_dispatch.travel.find import find_travel

__all__ = ["NoPlan", "find_travel", "solve_problem", "solve_scenario"]


@dataclass(eq=False)
class NoPlan(Exception):  # noqa: N818  (it reads as what it is)
    """There is no plan to show."""

    words: str
    """Why, a sentence."""
    impossible: bool = False
    """Whether it is proved that no plan meets the demand; else nothing was found."""

    def __str__(self) -> str:
        return self.words


def solve_scenario(
    scenario: Scenario,
    solver: str | Path | Solver = "standard",
    *,
    time_limit: float | None = None,
    iterations: int | None = None,
    gap: float | None = None,
    seed: int = 0,
    threads: int | None = None,
    require_all: bool = False,
    travel: Travel | None = None,
    watch: Callable[[Progress], None] | None = None,
) -> Plan:
    """
    A plan for a scenario.

    Parameters
    ----------
    scenario
        The planner's question.
    solver
        Name of a shipped solver, path of a solver file, or a solver that was read.
    time_limit
        Seconds; before the solver's own limit.
    iterations
        Iterations, counted the strategy's own way; before the solver's own limit.
    gap
        Good enough, (cost - bound) / cost; before the solver's own limit.
    seed
        Of all randomness: the same seed, threads and iterations give the same plan.
    threads
        Most threads used; none: all cores.
    require_all
        Whether a plan that leaves somebody behind is none.
    travel
        Its roads, from :func:`find_travel`; none: they are looked for, services asked.
    watch
        Called with the progress.

    Raises
    ------
    InputError
        When the scenario cannot be travelled, or the solver cannot be read or declines it.
    NoPlan
        When nothing was found, or ``require_all`` cannot be met.
    """
    travel = travel or find_travel(scenario)
    problem = build(scenario, travel)
    chosen = _chosen(solver, scenario, problem)
    run = _run_of(chosen, time_limit, iterations, gap, seed, threads, watch)
    _refuse_broken_promises(scenario, problem)
    if require_all:
        _refuse_the_impossible(scenario, problem)
    solution = _solved(chosen, problem, run)
    plan = make_plan(scenario, problem, solution, travel, _made(chosen, run))
    _refuse_the_forgetful(scenario, plan)
    if require_all and plan.unserved:
        raise NoPlan(
            f"{plan.people - plan.moved} of {plan.people} people are left behind by the best plan "
            f"found; nothing proves that they must be"
        )
    return plan


def solve_problem(
    scenario: Scenario,
    problem: Problem,
    travel: Travel,
    solver: str | Path | Solver = "standard",
    *,
    time_limit: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    threads: int | None = None,
    watch: Callable[[Progress], None] | None = None,
    planned: Callable[[Solution], tuple[Problem, Solution]] | None = None,
) -> Plan:
    """
    A plan for a problem that was built before, and maybe changed since.

    Parameters
    ----------
    scenario
        What the problem was built from.
    planned
        What the plan is made of: a problem and a solution in place of those found; none: those.

    Raises
    ------
    InputError
        When the solver cannot be read or declines the problem.
    NoPlan
        When nothing was found.
    """
    chosen = _chosen(solver, scenario, problem)
    run = _run_of(chosen, time_limit, iterations, None, seed, threads, watch)
    solution = _solved(chosen, problem, run)
    if planned is not None:
        problem, solution = planned(solution)
    return make_plan(scenario, problem, solution, travel, _made(chosen, run))


def cost_of_problem(
    scenario: Scenario,
    problem: Problem,
    solver: str | Path | Solver = "standard",
    *,
    iterations: int | None = None,
    seed: int = 0,
    threads: int | None = None,
) -> float:
    """
    What the plan of a problem costs, people left behind included, without making the plan.

    Raises
    ------
    InputError
        When the solver cannot be read or declines the problem.
    NoPlan
        When nothing was found.
    """
    chosen = _chosen(solver, scenario, problem)
    run = _run_of(chosen, None, iterations, None, seed, threads, None)
    return _solved(chosen, problem, run).cost / 100


def _chosen(solver: str | Path | Solver, scenario: Scenario, problem: Problem) -> Solver:
    """A solver that takes the problem; a fault says why it does not."""
    chosen = solver if isinstance(solver, Solver) else read_solver(solver)
    if why := _beyond_coaches(scenario) or chosen.strategy.declines(problem):
        raise InputError([chosen.declined(why)])
    return chosen


def _run_of(
    solver: Solver,
    time_limit: float | None,
    iterations: int | None,
    gap: float | None,
    seed: int,
    threads: int | None,
    watch: Callable[[Progress], None] | None,
) -> Run:
    """A run with these limits, and those of the solver where none is given."""
    limits = solver.file.limits
    return Run(
        seed=seed,
        threads=threads or os.cpu_count() or 1,
        seconds=_first(time_limit, limits.seconds),
        iterations=_first(iterations, limits.iterations),
        gap=_first(gap, limits.gap),
        watch=watch or (lambda progress: None),
    )


def _beyond_coaches(scenario: Scenario) -> str | None:
    """Why no strategy can plan anything of a scenario, a sentence; None where one can."""
    if any(trip.left and (trip.service or _changes(scenario, trip)) for trip in scenario.frozen):
        return "it has people on the way; p2p-dispatch replan goes on from its plan"
    if not scenario.pools:
        return "there are no coaches, and no strategy plans trains or planes yet"
    return None


def _changes(scenario: Scenario, trip: FrozenTrip) -> bool:
    """Whether a trip is a part of the way of some of its people."""
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    ends = {site.id: (site.id, *site.handover) for site in scenario.sites}
    return any(
        riders.board not in (None, cohorts[riders.cohort].origin)
        or riders.drop not in ends.get(cohorts[riders.cohort].site or "", ())
        for riders in trip.riders
    )


def _solved(solver: Solver, problem: Problem, run: Run) -> Solution:
    try:
        solution = solver.strategy.solve(problem, solver.parameters, run)
    except Declined as declined:
        raise InputError([solver.declined(str(declined))]) from None
    except KeyboardInterrupt:
        if run.best is None:
            raise NoPlan("interrupted before there was a plan") from None
        solution = replace(run.best, ended=Ended.INTERRUPTED)
    if solution.quality is Quality.IMPOSSIBLE:
        raise NoPlan("proved: no plan meets what the scenario demands", impossible=True)
    if solution.quality is Quality.NONE:
        raise NoPlan(f"no plan was found ({solution.ended.value}); that proves nothing")
    return replace(solution.proved(run.bound), trace=tuple(run.trace))


def _refuse_the_impossible(scenario: Scenario, problem: Problem) -> None:
    """Stop where a single limit already keeps somebody from leaving, whatever the plan."""
    if not scenario.coaches_only:
        return  # what no coach can do, a train may
    places = list(scenario.places.values())
    sentences = [
        f"{proof.people} people of {who} cannot be moved ({proof.rule})"
        for proof in proofs(problem)
        for who in [
            scenario.placed[proof.cohort].id if proof.place < 0 else places[proof.place].label
        ]
    ]
    if sentences:
        raise NoPlan("proved: " + "; ".join(sentences), impossible=True)


def _refuse_broken_promises(scenario: Scenario, problem: Problem) -> None:
    """Stop where a frozen trip that cannot be changed breaks a rule, alone or with the others."""
    ledger = Ledger(problem)
    for frozen, trip in zip(problem.frozen, scenario.frozen, strict=True):
        run = run_trip(problem, frozen.trip)
        broken = run.broken or ledger.blocks(frozen.trip, run)
        if broken is None:
            ledger.add(frozen.trip, run)
        elif frozen.changing is None:
            raise NoPlan(
                f"proved: the frozen trip {trip.id} cannot stand, it breaks {broken}",
                impossible=True,
            )


def _refuse_the_forgetful(scenario: Scenario, plan: Plan) -> None:
    """Stop where fewer people of an origin or a class are moved than the scenario demands."""
    moved: Counter[str] = Counter()
    for itinerary in plan.itineraries:
        moved[itinerary.cohort] += itinerary.count
    common = scenario.rules.priority.least_share
    demands = {("origin", o.id): common for o in scenario.origins if common}
    demands |= {("priority", p.id): p.least_share for p in scenario.priorities if p.least_share}
    for (kind, name), share in demands.items():
        cohorts = [cohort for cohort in scenario.cohorts if getattr(cohort, kind) == name]
        least = ceil(share * sum(cohort.count for cohort in cohorts) - 1e-9)
        got = sum(moved[cohort.id] for cohort in cohorts)
        if got < least:
            raise NoPlan(
                f"the best plan found moves {got} people of {kind} {name}, and {least} must be; "
                f"nothing proves that they cannot"
            )


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _made(solver: Solver, run: Run) -> Made:
    limits = {"seconds": run.seconds, "iterations": run.iterations, "gap": run.gap}
    return Made(
        solver=solver.name,
        strategy=solver.file.strategy,
        parameters=solver.parameters.model_dump(mode="json"),
        limits={name: limit for name, limit in limits.items() if limit is not None},
        seed=run.seed,
        threads=run.threads,
        versions={
            "p2p-dispatch": __version__,
            "python": platform.python_version(),
            **{name: _version(name) for name in ("ortools", "numpy")},
        },
    )


@lru_cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
