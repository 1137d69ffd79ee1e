"""``p2p-dispatch compare``: two plans of one scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, Quiet, ScenarioName
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.compare import Comparison
    from p2p_dispatch.scenario import Scenario

KINDS = (".html", ".svg", ".png")
"""What can be written."""


def compare(
    scenario: ScenarioName,
    one: Annotated[Path, typer.Argument(metavar="PLAN", help="The first plan or its folder.")],
    other: Annotated[Path, typer.Argument(metavar="PLAN", help="The second one.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Also a page (.html) or a picture "
                     "(.svg, .png)."),
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="Every line of what changes, however many.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:  # fmt: skip
    """Say what differs between two plans, and for whom.

    Both are judged by every rule of the scenario first. Changes are told from the first to the
    second.
    """
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.compare import compare_plans
    from p2p_dispatch.plan.files import read_plan
    from p2p_dispatch.plan.strange import refuse_stranger
    from p2p_dispatch.report.write import refuse_file
    from p2p_dispatch.scenario.read import read_scenario

    terminal = Terminal(as_json=as_json, quiet=quiet)
    if out is not None:
        if out.suffix.lower() not in KINDS:
            raise typer.BadParameter(f"{out} is none of {', '.join(KINDS)}")
        refuse_file(out)
    with step(terminal, "reading"):
        question = read_scenario(find_scenario(scenario))
        plans = read_plan(one), read_plan(other)
    for plan, path in zip(plans, (one, other), strict=True):
        refuse_stranger(question, plan, str(path))
    with step(terminal, "checking and comparing"):
        compared = compare_plans(question, *plans, labels=_labels(one, other))
    for side in (compared.one, compared.other):
        for notice in side.notices:
            terminal.say(f"Notice, {side.label}: {notice}")
    if out is not None:
        _write(compared, question, out)
    terminal.hand_over(compared.model_dump(mode="json"))
    _show(terminal, compared, question, show_all=show_all)
    if out is not None:
        terminal.say(f"\nWritten: {out}")
    return Exit.DONE if compared.sound else Exit.FINDINGS


def _labels(one: Path, other: Path) -> tuple[str, str]:
    """Short names that tell the plans apart: of their folders, or else their whole paths."""
    short = [(path.parent if path.suffix == ".json" else path).name or str(path)
             for path in (one, other)]  # fmt: skip
    if short[0] != short[1]:
        return short[0], short[1]
    if one == other:
        return "first", "second"
    return str(one), str(other)


def _write(compared: Comparison, scenario: Scenario, out: Path) -> None:
    from p2p_dispatch.report.write import write_bytes, write_text

    kind = out.suffix.lower()
    if kind == ".html":
        from p2p_dispatch.compare.page import comparison_page

        write_text(out, comparison_page(compared, scenario))
    else:
        from p2p_dispatch.compare.picture import draw

        write_bytes(out, draw(compared, kind[1:]))


def _show(terminal: Terminal, compared: Comparison, scenario: Scenario, *, show_all: bool) -> None:
    if terminal.as_json:
        return
    from p2p_dispatch.compare.table import comparison_tables

    terminal.show(comparison_tables(compared, scenario, show_all=show_all))
