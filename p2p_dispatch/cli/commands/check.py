"""``p2p-dispatch check``: judge a plan, whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, PlanPath, Quiet, ScenarioName
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p2p_dispatch.plan import Plan
    from p2p_dispatch.scenario import Scenario


def check(
    scenario: ScenarioName, plan: PlanPath, as_json: Json = False, quiet: Quiet = False
) -> int:
    """Judge a plan by every rule of its scenario.

    Whoever made it, also one edited by hand.
    """
    from dataclasses import asdict

    from p2p_dispatch.check import check as judge
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.plan.files import read_plan
    from p2p_dispatch.report.findings import findings_table
    from p2p_dispatch.scenario.read import read_scenario

    terminal = Terminal(as_json=as_json, quiet=quiet)
    with step(terminal, "reading"):
        question = read_scenario(find_scenario(scenario))
        answer = read_plan(plan)
    notices = list(_notices(question, answer))
    with step(terminal, "checking"):
        findings = judge(question, answer)
    for notice in notices:
        terminal.say(f"Notice: {notice}")
    terminal.hand_over(
        {
            "scenario": question.name,
            "plan": plan,
            "notices": notices,
            "findings": [asdict(finding) for finding in findings],
        }
    )
    if findings:
        terminal.show(findings_table(findings))
        return Exit.FINDINGS
    moved = f"{answer.moved:,} of {answer.people:,} people on {len(answer.trips):,} trips"
    terminal.show(f"The plan keeps every rule: {moved}.")
    return Exit.DONE


def _notices(scenario: Scenario, plan: Plan) -> Iterator[str]:
    """What is odd about this pair, though no rule is broken by it."""
    if plan.scenario != scenario.name:
        yield f"the plan is for {plan.scenario}, the scenario is {scenario.name}"
    elif plan.digest != scenario.digest:
        yield "the scenario has changed since the plan was made"
