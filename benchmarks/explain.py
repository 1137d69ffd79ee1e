"""
Whether remedies hold, and whether there are cheaper ones: small random scenarios, solved exactly.

    python benchmarks/explain.py --scenarios 100

For scenarios whose best plan leaves somebody behind: every remedy that ``explain`` finds for the
largest part left behind is applied alone and solved again by ``exact``, and judged by ``check``;
and ``exact`` is run on every change of the list at its largest. Prints counts, and a line for each
scenario as it is done (stderr). Exit code 1 where a remedy does not take the people it names.

With ``--seen FILE`` every scenario goes into a file of JSON lines as it is done, and those that are
in it are not run again.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from functools import partial
from itertools import count, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from p2p_dispatch.api import NoPlan, solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.parallel import run_many
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Unserved
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from p2p_dispatch.why import explain
from p2p_dispatch.why.again import AROUND, Again, Remedy, counted, left_of, quick_exact, went
from p2p_dispatch.why.knobs import knobs
from p2p_dispatch.why.left import Left
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services

KINDS = ("by the day", "by the clock", "with services")

LOT = 12
"""Scenarios that are drawn at a time."""

DETERMINISTIC = 1
"""CP-SAT's deterministic seconds for a plan; scenarios whose first one needs more are passed by."""

SECONDS = 2000
"""As long as this the programme would be allowed at most: scenarios with more trips, 20 for each
second, are passed by."""

SLACK = 1.0
"""Money by which two plans of equal cost may differ: roads are rounded up where they are chosen."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """
    One scenario.

    Attributes
    ----------
    people
        In the largest part that the best plan leaves behind.
    remedies, held, again
        Changes that were named; those whose plan takes the people and has no finding; those that
        take them when ``exact`` solves the changed scenario, or the question around the plan.
    most, best
        Most people that any change of the list takes by ``exact``, and the least cost of that.
    ours
        Least cost at which ``explain`` takes as many; none: it does not.
    each
        Least cost of that for everybody who goes.
    """

    kind: str
    seed: int
    people: int
    remedies: int
    held: int
    again: int
    most: int
    best: float
    ours: float | None
    each: float | None

    @property
    def no_dearer(self) -> bool:
        """Whether nothing in the list is cheaper than what ``explain`` names."""
        return self.ours is not None and self.ours <= self.best + SLACK

    @property
    def each_no_dearer(self) -> bool:
        """The same of what is paid for everybody who goes."""
        if self.each is None or not self.most:
            return False
        return self.no_dearer or self.each <= self.best / self.most + SLACK


def exactly(scenario: Scenario, plan: Plan | None = None) -> Plan | None:
    """The best plan; None where the programme is too large or there is none."""
    travel = travel_of(scenario) if plan is None else plan.travel
    solver = quick_exact(SECONDS) if plan is None else "exact"
    try:
        return solve_scenario(
            scenario, solver, travel=travel, iterations=DETERMINISTIC, threads=1, seed=1
        )
    except (InputError, NoPlan):
        return None


def drawn(kind: str, seed: int) -> Scenario:
    """A small scenario of a kind."""
    if kind == "with services":
        return scenario_with_services(seed, small=True)
    return random_scenario(seed, by_day=kind == "by the day", small=True)


def see(kind: str, seed: int, *, search: bool = False) -> Seen | None:
    """
    Explain one scenario; None where nobody is left behind or ``exact`` cannot say.

    Parameters
    ----------
    search
        Whether ``explain`` has to do with the search alone, without the integer programme.
    """
    scenario = drawn(kind, seed)
    plan = exactly(scenario)
    if plan is None or not plan.unserved or plan.ended not in ("proved", "done"):
        return None
    if check(scenario, plan):
        return None
    part = max(plan.unserved, key=lambda part: part.count)
    found = explain(
        scenario, plan, part.cohort, seconds=None, whole=True, exactly=not search, seed=1
    )
    (why,) = found.left
    most, best = best_of_list(scenario, plan, part)
    enough = [remedy for remedy in why.remedies if remedy.people >= most]
    ours = min((remedy.cost for remedy in enough), default=None)
    each = min((remedy.cost / remedy.people for remedy in enough), default=None)
    return Seen(
        kind=kind,
        seed=seed,
        people=part.count,
        remedies=len(why.remedies),
        held=sum(holds(scenario, plan, part, remedy) for remedy in why.remedies),
        again=sum(solved_again(scenario, plan, part, remedy) for remedy in why.remedies),
        most=most,
        best=best,
        ours=ours,
        each=each,
    )


Task = tuple[str, int]


def see_task(task: Task, *, search: bool) -> tuple[Task, Seen | None]:
    """The same of a kind and a seed, for another process."""
    return task, see(*task, search=search)


class Book:
    """What was seen, by kind and seed, in a file that grows; none: it is kept for this run."""

    def __init__(self, path: Path | None, *, search: bool):
        self.path, self.work = path, partial(see_task, search=search)
        lines = path.read_text().splitlines() if path and path.exists() else []
        rows = [json.loads(line) for line in lines]
        self.seen: dict[Task, Seen | None] = {
            (row["kind"], row["seed"]): Seen(**row["seen"]) if row["seen"] else None for row in rows
        }

    def see(self, tasks: list[Task], jobs: int) -> list[Seen]:
        """What there is to be seen in some scenarios, in their order."""
        missing = [task for task in tasks if task not in self.seen]
        for task, seen in run_many(self.work, missing, jobs=jobs):
            self.seen[task] = seen
            if seen is not None:
                word = "" if seen.no_dearer or not seen.most else "DEARER"
                print(seen, word, file=sys.stderr, flush=True)
            if self.path:
                row = {"kind": task[0], "seed": task[1], "seen": seen and asdict(seen)}
                with self.path.open("a") as file:
                    file.write(json.dumps(row) + "\n")
        return [seen for task in tasks if (seen := self.seen[task]) is not None]


def changed_by(scenario: Scenario, remedy: Remedy) -> Scenario:
    """The scenario with the change of a remedy, or as it was."""
    return scenario if remedy.change is None else remedy.change.apply(scenario)


def holds(scenario: Scenario, plan: Plan, part: Unserved, remedy: Remedy) -> bool:
    """Whether the plan of a remedy keeps every rule and takes the people."""
    takes = went(plan, remedy.plan, [part]) >= remedy.people
    return takes and not check(changed_by(scenario, remedy), remedy.plan)


def solved_again(scenario: Scenario, plan: Plan, part: Unserved, remedy: Remedy) -> bool:
    """
    Whether they go when somebody else solves it, in the way that the remedy says.

    Of plans that are equally good it is chance which one is found: where that in which they go
    counts no more than the one that was found, they do.
    """
    changed = changed_by(scenario, remedy)
    if remedy.how == AROUND:
        again = Again.of(scenario, plan, "exact", iterations=DETERMINISTIC).around(changed, [part])
    else:
        again = exactly(changed, plan)
    if again is None or check(changed, again):
        return False
    gone = part.count - left_of(again)[part.cohort]
    return gone >= remedy.people or remedy.plan.value.total <= again.value.total + SLACK


def best_of_list(scenario: Scenario, plan: Plan, part: Unserved) -> tuple[int, float]:
    """Most people whom a change of the list takes, solved exactly, and at what least cost."""
    again = Again.of(scenario, plan, "exact")
    most, best = 0, 0.0
    for knob in knobs(Left(scenario, part)):
        changed = again.changed(knob.to(knob.values[-1]))
        other = None if changed is None else exactly(changed, plan)
        if other is None:
            continue
        people, cost = went(plan, other, [part]), counted(other) - counted(plan)
        if people > most or (people == most and people and cost < best):
            most, best = people, cost
    return most, best


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1, help="Processes side by side.")
    parser.add_argument("--first", type=int, default=0, help="The first seed.")
    parser.add_argument("--kind", choices=KINDS, help="Scenarios of this kind alone.")
    parser.add_argument("--search", action="store_true", help="explain without the programme.")
    parser.add_argument("--seen", type=Path, metavar="FILE", help="What was seen, to go on from.")
    given = parser.parse_args()
    every: list[Seen] = []
    book, kinds = Book(given.seen, search=given.search), [given.kind] if given.kind else KINDS
    tasks = ((kind, seed) for seed in count(given.first) for kind in kinds)
    while len(every) < given.scenarios:
        # in lots, so that the same scenarios are seen whoever is done first
        every += book.see(list(islice(tasks, LOT)), given.jobs)
    every = every[: given.scenarios]
    print("| scenarios | people left | remedies | hold | solved again | list takes | no dearer "
          "| a person |")  # fmt: skip
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for kind in (*kinds, *(["all"] if len(kinds) > 1 else [])):
        some = [seen for seen in every if kind in (seen.kind, "all")]
        takes = [seen for seen in some if seen.most]
        print(
            f"| {kind} {len(some)} | {sum(s.people for s in some)} | "
            f"{sum(s.remedies for s in some)} | {sum(s.held for s in some)} | "
            f"{sum(s.again for s in some)} | {len(takes)} | {sum(s.no_dearer for s in takes)} | "
            f"{sum(s.each_no_dearer for s in takes)} |"
        )
    return int(any(seen.held < seen.remedies for seen in every))


if __name__ == "__main__":
    raise SystemExit(main())
