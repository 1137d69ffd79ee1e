"""Release rules against each other, over drawn futures; and the mornings of one season."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from p2p_dispatch.api import find_travel
from p2p_dispatch.parallel import run_many
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution.solver import Solver, read_solver
from p2p_dispatch.travel import Travel
from p2p_dispatch.week.choice import Means
from p2p_dispatch.week.desk import Desk
from p2p_dispatch.week.forecast import Forecast, forecast_of, last_signup
from p2p_dispatch.week.morning import decide, refuse_beyond_coaches
from p2p_dispatch.week.rules import RULES, Rule
from p2p_dispatch.week.season import Outcome, run_season
from p2p_dispatch.week.sheet import Sheet, sheet_of
from p2p_dispatch.week.signups import drawn_season, habits_of, signed_up, with_signups

SOLVER = "insertion"
"""Of every morning: quick, and the same seed gives the same plan."""

SAMPLES = 2
"""How many times those expected are drawn on a morning."""


@dataclass(frozen=True, kw_only=True)
class _Task:
    """One season by one rule."""

    scenario: Scenario
    means: Means
    rule: Rule
    days: int
    seed: int
    future: int


def simulate(
    scenario: Scenario,
    *,
    futures: int,
    days: int | None = None,
    rules: Sequence[Rule] = RULES,
    forecast: Forecast | None = None,
    spread: float = 0.0,
    lead: int = 0,
    solver: str | Solver = SOLVER,
    iterations: int | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
    jobs: int = 1,
    travel: Travel | None = None,
    tell: Callable[[Outcome, int, int], None] | None = None,
) -> list[Outcome]:
    """
    What comes of release rules in seasons that are drawn, each planned morning by morning.

    Parameters
    ----------
    scenario
        What the seasons are like: places, fleet, prices, rules, and the people as those who are
        drawn are: their patience, their parties.
    futures
        How many seasons; the same for every rule.
    days
        Days on which people sign up; none: as many as in the scenario.
    forecast
        How many sign up a day; the seasons are drawn from it and rules that look ahead know it.
        None: as many as in the scenario.
    spread
        Of the rates where there is no forecast.
    lead
        Days before being ready on which people sign up, where the scenario does not say.
    solver, iterations
        Of every morning.
    samples
        How many times those expected are drawn on a morning.
    seed
        Of all randomness: the same seed gives the same outcomes, whatever the jobs.
    jobs
        Processes side by side.
    tell
        Told of every season with its number and how many there are.

    Raises
    ------
    InputError
        P2P2203 where the scenario has services, open jobs or accessible places.
    """
    refuse_beyond_coaches(scenario)
    scenario = with_signups(scenario, lead)
    first, last = scenario.days.first, last_signup(scenario)
    means = Means(
        solver=solver if isinstance(solver, Solver) else read_solver(solver),
        iterations=iterations,
        samples=samples,
        forecast=forecast or forecast_of(scenario, scenario.cohorts, first, last, spread=spread),
        habits=habits_of(scenario.cohorts),
        travel=travel or find_travel(scenario),
    )
    days = days or (last - first).days + 1
    tasks = [
        _Task(scenario=scenario, means=means, rule=rule, days=days, seed=seed, future=future)
        for future in range(futures)
        for rule in rules
    ]
    outcomes = []
    for number, outcome in enumerate(run_many(_run, tasks, jobs=jobs), start=1):
        outcomes.append(outcome)
        if tell:
            tell(outcome, number, len(tasks))
    order = {rule.name: number for number, rule in enumerate(rules)}
    return sorted(outcomes, key=lambda outcome: (order[outcome.rule], outcome.future))


def _run(task: _Task) -> Outcome:
    """Draw the season of a task and plan it."""
    from numpy.random import default_rng

    rng = default_rng([task.seed, task.future])
    means = task.means
    season = drawn_season(task.scenario, means.forecast, means.habits, task.days, rng)
    expected = means.forecast.model_copy(update={"last": last_signup(season)})
    # A stream of its own, so that no rule changes the season of the next.
    dreams = default_rng([task.seed, task.future, 1])
    means = replace(means, forecast=expected)
    return run_season(season, task.rule, means, dreams, future=task.future)


def sheets(
    scenario: Scenario,
    *,
    days: int = 1,
    rule: Rule = Rule("ahead"),  # noqa: B008  (frozen)
    forecast: Forecast | None = None,
    spread: float = 0.0,
    lead: int = 0,
    solver: str | Solver = SOLVER,
    iterations: int | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
    travel: Travel | None = None,
) -> Iterator[Sheet]:
    """
    The sheets of the next mornings, from that of the as-of moment on.

    On each only those are looked at who have signed up by then; where there is no forecast, as
    many are expected a day as have signed up a day so far.

    Parameters
    ----------
    days
        How many mornings.
    rule
        The release rule.

    Others are those of :func:`simulate`.

    Raises
    ------
    InputError
        P2P2203 where the scenario has services, open jobs or accessible places.
    """
    from numpy.random import default_rng

    refuse_beyond_coaches(scenario)
    desk = Desk(with_signups(scenario, lead))
    chosen = solver if isinstance(solver, Solver) else read_solver(solver)
    roads = travel or find_travel(scenario)
    rng = default_rng([seed, 0, 1])
    for today in desk.dates[:days]:
        if desk.gone(today):
            break
        so_far = [cohort for cohort in desk.season.cohorts if signed_up(cohort) <= today]
        first = min([today, *(signed_up(cohort) for cohort in so_far)])
        counted = forecast or forecast_of(desk.season, so_far, first, today, spread=spread)
        means = Means(
            solver=chosen,
            iterations=iterations,
            samples=samples,
            forecast=counted,
            habits=habits_of(so_far),
            travel=roads,
        )
        yield sheet_of(desk, decide(desk, rule, today, means, rng, shown=True), rule, counted)
