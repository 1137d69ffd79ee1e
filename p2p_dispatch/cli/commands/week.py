"""``p2p-dispatch week``: a season day by day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, Offline, Quiet, ScenarioName, Seed, finite
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.scenario import Scenario
    from p2p_dispatch.week.rules import Rule

KINDS = (".svg", ".png")
"""Pictures that can be written."""


def week(
    scenario: ScenarioName,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=366, metavar="N", help="Mornings to plan; none: one. With "
                     "--futures days of sign-ups; none: as many as in the scenario."),
    ] = None,
    futures: Annotated[
        int | None,
        typer.Option(min=1, max=10_000, metavar="N", help="Compare rules over so many drawn "
                     "seasons."),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="daily, full, full:SHARE, hold:DAYS, ahead or "
                     "ahead:DAYS; again for each."),
    ] = None,
    forecast: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Who is expected (YAML); none: as before.")
    ] = None,
    spread: Annotated[
        float,
        typer.Option(min=0, max=10, callback=finite, metavar="SHARE", help="How uncertain the "
                     "average of a day is, where no forecast is given."),
    ] = 0.0,
    lead: Annotated[
        int,
        typer.Option(min=0, max=366, metavar="DAYS", help="Days before being ready on which people "
                     "sign up, where the scenario does not say."),
    ] = 0,
    solver: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="A solver, for every morning.")
    ] = "insertion",
    iterations: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Iterations of every solve.")
    ] = None,
    samples: Annotated[
        int, typer.Option(min=1, max=100, metavar="N", help="How often those expected are drawn.")
    ] = 2,
    seed: Seed = 0,
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Seasons side by side.")] = 1,
    offline: Offline = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Cost against days waited, as a picture "
                     "(.svg, .png); with --futures."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:  # fmt: skip
    """Say what to order now, what to release today and what to hold.

    With --futures release rules are compared: seasons are drawn and planned morning by morning.
    """
    from p2p_dispatch.cache import listen

    terminal = Terminal(as_json=as_json, quiet=quiet)
    listen(terminal.say)
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.cli.travel import get_travel
    from p2p_dispatch.report.write import refuse_file
    from p2p_dispatch.scenario.read import read_scenario
    from p2p_dispatch.week.forecast import read_forecast
    from p2p_dispatch.week.morning import refuse_beyond_coaches

    rules = _rules(rule or [])
    if out is not None:
        if futures is None or out.suffix.lower() not in KINDS:
            raise typer.BadParameter(f"-o is for --futures, and takes {', '.join(KINDS)}")
        refuse_file(out)
    with step(terminal, "reading"):
        question = read_scenario(find_scenario(scenario))
        expected = read_forecast(forecast, question) if forecast else None
    refuse_beyond_coaches(question)
    options: dict[str, Any] = {
        "forecast": expected,
        "spread": spread,
        "lead": lead,
        "solver": solver,
        "iterations": iterations,
        "samples": samples,
        "seed": seed,
        "travel": get_travel(terminal, question, offline=offline),
    }
    if futures is None:
        return _sheets(terminal, question, rules, days=days or 1, **options)
    counts = {"futures": futures, "days": days, "jobs": jobs}
    return _futures(terminal, question, rules, out, **counts, **options)


def _rules(words: list[str]) -> list[Rule]:
    from p2p_dispatch.week.rules import rule_of

    try:
        return list(dict.fromkeys(rule_of(word) for word in words))
    except ValueError as trouble:
        raise typer.BadParameter(str(trouble)) from None


def _sheets(terminal: Terminal, scenario: Scenario, rules: list[Rule], **options: Any) -> Exit:
    from p2p_dispatch.api import NoPlan
    from p2p_dispatch.week.simulate import sheets
    from p2p_dispatch.week.table import sheet_tables

    if len(rules) > 1:
        raise typer.BadParameter("a sheet is made by one rule; --futures compares several")
    done, broken = [], 0
    chosen: dict[str, Any] = {"rule": rules[0]} if rules else {}
    try:
        for sheet in sheets(scenario, **chosen, **options):
            terminal.show(sheet_tables(sheet, scenario))
            done.append(sheet.model_dump(mode="json"))
            broken += sheet.findings
    except NoPlan as none:
        return _no_plan(terminal, none)
    terminal.hand_over({"scenario": scenario.name, "sheets": done})
    if not done:
        terminal.say("Nobody is left to send.")
    return Exit.FINDINGS if broken else Exit.DONE


def _futures(
    terminal: Terminal, scenario: Scenario, rules: list[Rule], out: Path | None, **options: Any
) -> Exit:
    from p2p_dispatch.api import NoPlan
    from p2p_dispatch.week.season import Outcome
    from p2p_dispatch.week.simulate import simulate
    from p2p_dispatch.week.table import outcome_data, outcome_table

    def tell(outcome: Outcome, number: int, of: int) -> None:
        cost = outcome.total / max(1, outcome.moved)
        words = f"{number}/{of}  future {outcome.future + 1}, {outcome.rule}"
        terminal.say(f"{words}:  cost {cost:,.1f} a person")

    chosen: dict[str, Any] = {"rules": rules} if rules else {}
    try:
        outcomes = simulate(scenario, tell=tell, **chosen, **options)
    except NoPlan as none:
        return _no_plan(terminal, none)
    if out is not None:
        from p2p_dispatch.report.write import write_bytes
        from p2p_dispatch.week.plot import plot_outcomes

        write_bytes(out, plot_outcomes(outcomes, scenario.currency, out.suffix.lower()[1:]))
    terminal.hand_over({"scenario": scenario.name, **outcome_data(outcomes)})
    terminal.show(outcome_table(outcomes, scenario.currency))
    if out is not None:
        terminal.say(f"\nWritten: {out}")
    broken = any(outcome.findings or outcome.astray for outcome in outcomes)
    return Exit.FINDINGS if broken else Exit.DONE


def _no_plan(terminal: Terminal, none: Any) -> Exit:
    terminal.complain(f"No plan: {none.words}")
    terminal.hand_over({"no_plan": none.words, "impossible": none.impossible})
    return Exit.IMPOSSIBLE if none.impossible else Exit.NOTHING
