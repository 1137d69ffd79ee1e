"""
Hard demands that cannot stand together: a smallest set of them.

A demand is that a whole cohort goes (``--require-all``), that a share of an origin or a class goes,
or that a frozen trip runs. Nobody else need go, so a set of demands is tried on a scenario with its
people alone: if even these cannot be met, they cannot be met among others. That they cannot is
proved by one limit alone, by the frozen trips themselves, or by ``exact``, where it takes the
scenario and plans by the day. No proof means that nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

from p2p_dispatch.api import NoPlan, solve_scenario
from p2p_dispatch.problem import Ledger, build, run_trip
from p2p_dispatch.problem.proof import proofs
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.people import Cohort, Priority
from p2p_dispatch.travel import Travel
from p2p_dispatch.why.remedies import Allowance, Watch

MOST_PAIRS = 500
"""Pairs of demands that are tried before demands are taken off one by one."""

ITERATIONS = 2
"""Of ``exact``: its deterministic seconds for one set of demands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """
    Something that a plan must do.

    Attributes
    ----------
    kind
        ``cohort``, ``origin``, ``priority`` or ``frozen``.
    of
        Its id.
    people
        How many it is about.
    words
        The same as a sentence.
    """

    kind: str
    of: str
    people: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """
    Demands that cannot stand together.

    Attributes
    ----------
    demands
        Without any one of them nothing is proved of the others.
    proof
        Why, a sentence.
    smallest
        Whether all smaller sets were tried; else only that none can be taken off.
    """

    demands: tuple[Demand, ...]
    proof: str
    smallest: bool


def conflict(
    scenario: Scenario,
    travel: Travel,
    *,
    require_all: bool = False,
    seconds: float | None = None,
    watch: Watch = lambda words: None,
) -> Conflict | None:
    """
    A smallest set of hard demands that cannot stand together; None where nothing is proved.

    Parameters
    ----------
    require_all
        Whether everybody must go.
    seconds
        After which no smaller sets are looked for.
    """
    every = sorted(demands(scenario, require_all=require_all), key=lambda demand: demand.people)
    prover, allowance = _Prover(scenario, travel), Allowance.of(seconds)
    proof = prover.proof(every)
    if proof is None:
        return None
    pairs = len(every) * (len(every) - 1) // 2
    smaller: list[tuple[Demand, ...]] = [(one,) for one in every]
    if pairs <= MOST_PAIRS:
        smaller += combinations(every, 2)
    for number, some in enumerate(smaller, start=1):
        if allowance.over:
            break
        watch(f"set {number} of {len(smaller)}")
        if found := prover.proof(some):
            return Conflict(demands=tuple(some), proof=found, smallest=True)
    all_tried = pairs <= MOST_PAIRS and not allowance.over
    kept = list(every)
    for number, one in enumerate(every, start=1):  # the smallest first, so that few are left
        if allowance.over:
            break
        watch(f"demand {number} of {len(every)}")
        rest = [each for each in kept if each is not one]
        if found := prover.proof(rest):
            kept, proof = rest, found
    return Conflict(demands=tuple(kept), proof=proof, smallest=all_tried and len(kept) == 3)


def demands(scenario: Scenario, *, require_all: bool) -> Iterator[Demand]:
    """Everything that a plan must do; shares are not named where everybody must go."""
    for trip in scenario.frozen:
        if trip.changing is None:
            people = sum(riders.count for riders in trip.riders)
            yield Demand(kind="frozen", of=trip.id, people=people,
                         words=f"the frozen trip {trip.id} runs with {people} people")  # fmt: skip
    if require_all:
        for cohort in scenario.cohorts:
            yield Demand(kind="cohort", of=cohort.id, people=cohort.count,
                         words=f"all {cohort.count} people of {cohort.id} go")  # fmt: skip
        return
    common = scenario.rules.priority.least_share
    shares = [("origin", origin.id, common) for origin in scenario.origins]
    shares += [("priority", each.id, each.least_share) for each in scenario.priorities]
    for kind, name, share in shares:
        people = sum(c.count for c in scenario.cohorts if getattr(c, kind) == name)
        least = ceil(share * people - 1e-9)
        if least:
            yield Demand(kind=kind, of=name, people=least,
                         words=f"{least} of {people} people of {kind} {name} go")  # fmt: skip


class _Prover:
    """Proves that demands cannot stand together."""

    def __init__(self, scenario: Scenario, travel: Travel):
        self.scenario, self.travel = scenario, travel

    def proof(self, some: Sequence[Demand]) -> str | None:
        """Why some demands cannot stand together; None where nothing proves it."""
        if not some:
            return None
        alone = self._alone(some)
        return (
            self._by_promises(alone)
            or self._by_one_limit(alone, some)
            or self._by_programme(alone, some)
        )

    def _alone(self, some: Sequence[Demand]) -> Scenario:
        """The scenario with these demands, and nobody whom none of them is about."""
        scenario = self.scenario
        of = {kind: {d.of for d in some if d.kind == kind}
              for kind in ("frozen", "cohort", "origin", "priority")}  # fmt: skip
        frozen = tuple(trip for trip in scenario.frozen if trip.id in of["frozen"])
        promised: Counter[str] = Counter()
        for trip in frozen:
            for riders in trip.riders:
                promised[riders.cohort] += riders.count
        classes = {each.id: each for each in scenario.priorities}
        own: list[Priority] = []
        cohorts: list[Cohort] = []
        for cohort in scenario.cohorts:
            if cohort.id in of["cohort"]:
                own.append(self._class_of(cohort, classes, len(own)))
                cohorts.append(cohort.model_copy(update={"priority": own[-1].id}))
            elif cohort.origin in of["origin"] or cohort.priority in of["priority"]:
                cohorts.append(cohort)
            elif promised[cohort.id]:
                count = promised[cohort.id]
                few = {"count": count, "parties": (), "accessible": 0}
                cohorts.append(cohort if count == cohort.count else cohort.model_copy(update=few))
        rules = scenario.rules
        if not of["origin"]:
            free = rules.priority.model_copy(update={"least_share": 0.0})
            rules = rules.model_copy(update={"priority": free})
        asked = tuple(
            each if each.id in of["priority"] else each.model_copy(update={"least_share": 0.0})
            for each in scenario.priorities
        )
        return Scenario.model_validate(
            {
                **{name: getattr(scenario, name) for name in type(scenario).model_fields},
                "cohorts": tuple(cohorts),
                "frozen": frozen,
                "rules": rules,
                "priorities": (*asked, *own),
            }
        )

    def _class_of(self, cohort: Cohort, classes: dict[str, Priority], number: int) -> Priority:
        """A class of its own, all of which must go."""
        usual = Priority(id="none", left_behind=self.scenario.prices.left_behind)
        like = classes.get(cohort.priority or "", usual)
        return like.model_copy(update={"id": f"all {number}", "least_share": 1.0})

    def _by_promises(self, alone: Scenario) -> str | None:
        """A frozen trip that breaks a rule, by itself or with those before it."""
        problem = build(alone, self.travel)
        ledger = Ledger(problem)
        for frozen, trip in zip(problem.frozen, alone.frozen, strict=True):
            run = run_trip(problem, frozen.trip)
            broken = run.broken or ledger.blocks(frozen.trip, run)
            if broken:
                return f"the frozen trip {trip.id} breaks {broken}"
            ledger.add(frozen.trip, run)
        return None

    def _by_one_limit(self, alone: Scenario, some: Sequence[Demand]) -> str | None:
        """Cohorts that must go whole, and one limit that does not let them."""
        if not alone.coaches_only or any(each.kind != "cohort" for each in some):
            return None  # of a share some may stay; what no coach can do, a train may
        places = list(alone.places.values())
        found = list(proofs(build(alone, self.travel)))
        for proof in found:
            who = alone.placed[proof.cohort].id if proof.place < 0 else places[proof.place].label
            return f"{proof.people} people of {who} cannot be moved ({proof.rule})"
        return None

    def _by_programme(self, alone: Scenario, some: Sequence[Demand]) -> str | None:
        """An integer programme over all trips, by the day."""
        if not alone.by_day or not alone.cohorts:
            return None
        try:
            solve_scenario(alone, "exact", travel=self.travel, iterations=ITERATIONS, threads=1)
        except NoPlan as none:
            many = f"these {len(some)} demands" if len(some) > 1 else "this demand"
            words = f"no plan of all that keep the rules meets {many} (exact)"
            return words if none.impossible else None
        except InputError:
            return None
        return None
