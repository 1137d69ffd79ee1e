"""
Solving again: what a change is good for is what a plan made under it says.

Two ways. With the rest of the plan as it is, only the people asked about are planned, around the
coaches that stand; with everything planned again, nobody else may be left behind who goes now.
Either way the plan is judged by ``check`` on the scenario with the change and nothing else.

Where there are few trips that could run, an integer programme over all of them plans both ways,
and the solver only where that has not proved its plan the best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from p2p_dispatch.api import NoPlan, solve_scenario
from p2p_dispatch.check import RULES, check
from p2p_dispatch.check.facts import facts_of
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Unserved, Value
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.crosscheck import cross_faults
from p2p_dispatch.solution.solver import Solver, read_solver
from p2p_dispatch.why.change import Change
from p2p_dispatch.why.favour import favoured, first_asked, in_its_prices, nobody_stays
from p2p_dispatch.why.knob import Knob
from p2p_dispatch.why.rest import Question, Rest
from p2p_dispatch.why.seats import seated

AROUND, WHOLE = "the rest of the plan as it is", "the whole planned again"
"""How a remedy was verified."""

MANY = 100
"""Trips of a plan past which only those coaches stand around people that may come to them."""

EXACT, A_SECOND, DETERMINISTIC = "exact", 20, 1
"""The integer programme, the trips that it may look at for every second that there is in all, and
the deterministic seconds that CP-SAT may take for each plan."""

PROVED, TIME = "proved", "time"
"""How a plan ended that is the best, and one for which the time was too short."""

SLACK = 0.01
"""Money below which two costs are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """
    A change that takes people who are left behind.

    Attributes
    ----------
    change
        None: they go without any, planned once more.
    people
        How many of those asked about go.
    cost
        What the plan costs more, everything counted but those left behind.
    how
        What was planned again: :data:`AROUND` or :data:`WHOLE`.
    around
        What it costs with the rest of the plan as it is, where as many go then.
    plan
        The plan in which they go.
    """

    change: Change | None
    people: int
    cost: float
    how: str
    plan: Plan
    around: float | None = None

    def does(self, other: Remedy) -> bool:
        """Whether it takes as many people as another one for no more."""
        return self.people >= other.people and self.cost <= other.cost + SLACK


@dataclass(frozen=True, eq=False)
class Again:
    """
    A plan that can be made again.

    Attributes
    ----------
    solver
        Of everything that is solved again; ``iterations`` are counted its own way.
    whole
        Whether the whole is planned again too.
    exact
        What plans before it, where that does not take too long; none: nothing does.
    """

    scenario: Scenario
    plan: Plan
    solver: Solver
    iterations: int | None
    seconds: float | None
    seed: int
    whole: bool
    exact: Solver | None = None
    _rests: dict[frozenset[str] | None, Rest] = field(default_factory=dict)
    _ends: dict[str, bool] = field(default_factory=dict)
    _bases: dict[frozenset[str] | None, Value | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        plan: Plan,
        solver: str,
        *,
        iterations: int | None = None,
        seconds: float | None = None,
        seed: int = 0,
        whole: bool = True,
        exact: Solver | None = None,
    ) -> Again:
        """The same of a solver by its name."""
        return cls(scenario, plan, read_solver(solver), iterations, seconds, seed, whole, exact)

    @property
    def cost(self) -> float:
        """What the plan costs, those left behind not counted."""
        return counted(self.plan)

    def remedies(self, knob: Knob | None, left: Sequence[Unserved]) -> list[Remedy]:
        """
        What a change of one field is good for.

        One for each way of planning again, unless the other takes as many for no more.
        """
        change = None if knob is None else knob.to(knob.values[-1])
        scenario = self.changed(change)
        if scenario is None:
            return []
        found: list[Remedy] = []
        for how, plan in self.plans(scenario, left):
            served = went(self.plan, plan, left)
            if not served:
                continue
            one = Remedy(change=change, people=served, cost=0.0, how=how, plan=plan)
            one = self._narrowed(knob, one)
            cost = round(counted(plan) - self.cost, 2) + 0.0  # never -0
            one = replace(one, cost=cost, around=cost if how == AROUND else None)
            if not any(each.does(one) for each in found) and not self.findings(one):
                found = [each for each in found if not one.does(each)] + [
                    replace(one, around=_around([*found, one], served))
                ]
        return found

    def changed(self, change: Change | None) -> Scenario | None:
        """The scenario with a change; None if it would not be one."""
        if change is None:
            return self.scenario
        scenario = change.apply(self.scenario)
        faults = (fault for fault in cross_faults(scenario) if fault.refuses)
        new = any((fault.code, fault.found) not in self._faults for fault in faults)
        return None if new else scenario

    @cached_property
    def _faults(self) -> frozenset[tuple[str, str]]:
        """What is wrong with the scenario as it is."""
        return frozenset((fault.code, fault.found) for fault in cross_faults(self.scenario))

    def plans(self, scenario: Scenario, left: Sequence[Unserved]) -> list[tuple[str, Plan]]:
        """Plans of a changed scenario, by how they were made."""
        asked = frozenset(part.cohort for part in left)
        found = [(AROUND, plan) for plan in self._arounds(scenario, left)]
        if self.whole:
            found += [(WHOLE, plan) for plan in self._wholes(scenario, asked)]
        return found

    def around(self, scenario: Scenario, left: Sequence[Unserved]) -> Plan | None:
        """A plan in which some people are planned around the coaches that stand."""
        every = self._arounds(scenario, left)
        return min(every, key=lambda plan: plan.value.total, default=None)

    def _arounds(self, scenario: Scenario, left: Sequence[Unserved]) -> list[Plan]:
        """The same, by the integer programme and by the solver."""
        rest = self.rest(frozenset(part.cohort for part in left))
        base = None if rest.whole else self._base(rest.pools)
        if base is None and not rest.whole:
            return []
        question = rest.question(scenario, left)
        best = self._exactly(AROUND, question.asked)
        solved = [(question, best)]
        if best is None or best.ended != PROVED:
            solved += self._around_seats(question)
        answers = (way.answer(plan, base) for way, plan in solved if plan is not None)
        return [answer for answer in answers if answer is not None]

    def _around_seats(self, question: Question) -> list[tuple[Question, Plan | None]]:
        """What the solver makes of it, seats that coaches have left taken first, and without."""
        first = seated(question, self.plan.travel)
        found = [] if first is None else [(first, self.solved(first.asked))]
        if any(plan is not None and not plan.unserved for _, plan in found):
            return found  # all go, and nothing is cheaper than seats that are there
        return [*found, (question, self.solved(question.asked))]

    def _wholes(self, scenario: Scenario, asked: frozenset[str]) -> list[Plan]:
        """Plans from nothing, by the integer programme and by the solver."""
        best = self._exactly(WHOLE, favoured(scenario, nobody_stays(self.plan, scenario, asked)))
        found = [] if best is None else [best]
        if best is None or best.ended != PROVED:
            other = self.solved(favoured(scenario, first_asked(self.plan, scenario, asked)))
            found += [] if other is None else [other]
        return [in_its_prices(scenario, plan) for plan in found]

    def _exactly(self, how: str, scenario: Scenario) -> Plan | None:
        """
        A plan by the integer programme; None where it has none.

        If it has none, or does not end in time, when it is asked first, it is not asked again.
        """
        if self.exact is None or self._ends.get(how) is False:
            return None
        solved = self.solved(scenario, self.exact)
        self._ends.setdefault(how, solved is not None and solved.ended != TIME)
        return solved

    def next_best(self, scenario: Scenario) -> Plan | None:
        """The cheapest plan of a scenario that solving again finds, or the plan itself."""
        found = [self.plan] if scenario is self.scenario else []
        if around := self.around(scenario, self.plan.unserved):
            found.append(around)
        if self.whole and (solved := self.solved(scenario)):
            found.append(solved)
        every = sorted(found, key=lambda plan: plan.value.total)
        return next((plan for plan in every if not check(scenario, plan)), None)

    def rest(self, cohorts: frozenset[str]) -> Rest:
        """The coaches that stand around some people: all, or in a large plan those that matter."""
        if len(self.plan.trips) <= MANY or self._has_ceilings:
            return self._rest(None)
        origins = {cohort.origin for cohort in self.scenario.cohorts if cohort.id in cohorts}
        depots = {
            depot.id
            for depot in self.scenario.depots
            if depot.serves is None or origins & set(depot.serves)
        }
        return self._rest(frozenset(p.id for p in self.scenario.pools if p.depot in depots))

    def _rest(self, pools: frozenset[str] | None) -> Rest:
        if pools not in self._rests:
            self._rests[pools] = Rest(self.plan, pools)
        return self._rests[pools]

    def _base(self, pools: frozenset[str] | None) -> Value | None:
        """What those count who stand, and nobody else."""
        if pools not in self._bases:
            solved = self.solved(self._rest(pools).question(self.scenario, []).asked)
            self._bases[pools] = None if solved is None else solved.value
        return self._bases[pools]

    @property
    def _has_ceilings(self) -> bool:
        """Whether what trips cost matters for what others may."""
        ceilings = [self.scenario.rules.budget.ceiling, *(p.ceiling for p in self.scenario.payers)]
        return any(ceiling is not None for ceiling in ceilings)

    def solved(self, scenario: Scenario, solver: Solver | None = None) -> Plan | None:
        """A plan; None if there is none."""
        solver = solver or self.solver
        try:
            return solve_scenario(
                scenario,
                solver,
                travel=self.plan.travel,
                iterations=DETERMINISTIC if solver is self.exact else self.iterations,
                time_limit=self.seconds,
                seed=self.seed,
                threads=1,
            )
        except (NoPlan, InputError):
            return None

    def findings(self, remedy: Remedy) -> bool:
        """Whether ``check`` finds anything in a plan, on the scenario with the change."""
        change = remedy.change
        scenario = self.scenario if change is None else change.apply(self.scenario)
        return bool(check(scenario, remedy.plan))

    def _narrowed(self, knob: Knob | None, found: Remedy) -> Remedy:
        """The smallest change under which that plan keeps every rule."""
        if knob is None or not knob.bisected:
            return found
        low, high = 0, len(knob.values) - 1  # the last one is known to do
        while low < high:
            middle = (low + high) // 2
            smaller = knob.to(knob.values[middle]).apply(self.scenario)
            broken = any(RULES[knob.rule](facts_of(smaller, found.plan)))
            low, high = (middle + 1, high) if broken else (low, middle)
        return replace(found, change=knob.to(knob.values[high]))


def quick_exact(seconds: float | None) -> Solver:
    """The integer programme, for scenarios in which so many seconds are enough; none: for all."""
    solver = read_solver(EXACT)
    if seconds is None:
        return solver
    few = {"most_trips": max(1, round(A_SECOND * seconds))}
    return replace(solver, parameters=solver.parameters.model_copy(update=few))


def _around(found: Sequence[Remedy], people: int) -> float | None:
    """What as many cost with the rest of the plan as it is."""
    costs = (each.around for each in found if each.people >= people)
    return next((cost for cost in costs if cost is not None), None)


def counted(plan: Plan) -> float:
    """What a plan costs, without what people left behind count."""
    return plan.value.total - plan.value.left_behind


def left_of(plan: Plan) -> Counter[str]:
    """How many of each cohort a plan leaves behind."""
    behind: Counter[str] = Counter()
    for part in plan.unserved:
        behind[part.cohort] += part.count
    return behind


def went(before: Plan, after: Plan, left: Sequence[Unserved]) -> int:
    """How many of some people go in another plan; 0 if anybody stays for them who went before."""
    old, new = left_of(before), left_of(after)
    asked = {part.cohort for part in left}
    if any(new[cohort] > old[cohort] for cohort in new):
        return 0
    return sum(old[cohort] - new[cohort] for cohort in asked)
