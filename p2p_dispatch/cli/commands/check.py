"""``p2p-dispatch check``: judge a plan, whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, LanguageName, PlanPath, Quiet, ScenarioName
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p2p_dispatch.plan import Plan
    from p2p_dispatch.report.language import Language
    from p2p_dispatch.scenario import Scenario


def check(
    scenario: ScenarioName,
    plan: PlanPath,
    lang: LanguageName = "en",
    as_json: Json = False,
    quiet: Quiet = False,
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

    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    say = terminal.language
    with step(terminal, "reading"):
        question = read_scenario(find_scenario(scenario))
        answer = read_plan(plan)
    notices = list(_notices(question, answer, say))
    with step(terminal, "checking"):
        findings = judge(question, answer)
    for notice in notices:
        terminal.say(say("said.notice", what=notice))
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
    counts = {"moved": f"{answer.moved:,}", "people": f"{answer.people:,}"}
    terminal.show(say("said.checked", trips=f"{len(answer.trips):,}", **counts))
    return Exit.DONE


def _notices(scenario: Scenario, plan: Plan, say: Language) -> Iterator[str]:
    """What is odd about this pair, though no rule is broken by it."""
    if plan.scenario != scenario.name:
        yield say("said.other_scenario", planned=plan.scenario, scenario=scenario.name)
    elif plan.digest != scenario.digest:
        yield say("said.changed")
