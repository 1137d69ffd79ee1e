"""``p2p-dispatch bench``: strategies against each other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, Quiet, finite
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.bench.entries import Entries
    from p2p_dispatch.bench.row import Row
    from p2p_dispatch.bench.task import Task

SOLVERS = ("standard",)
"""Who is compared with the baseline if nobody says so."""


def bench(
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="SCENARIO...|SUITE", help="Scenarios, or one suite file."),
    ],
    solver: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME|FILE", help="A solver; again for each."),
    ] = None,
    seed: Annotated[
        list[int] | None, typer.Option(min=0, metavar="N", help="A seed; again for each.")
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0.001, callback=finite, metavar="S", help="Seconds for each strategy."),
    ] = None,
    iterations: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Iterations for each strategy.")
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Most threads of a run; none: one.")
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE", help="The solver to measure by; none: first-come."),
    ] = None,
    equal: Annotated[
        bool | None,
        typer.Option(
            "--equal/--no-equal",
            help="Compare money for the people whom the baseline moves; the default.",
        ),
    ] = None,
    patience: Annotated[
        float | None,
        typer.Option(
            min=1, callback=finite, metavar="S",
            help="Seconds past its limit after which a run is ended by force; none: 300.",
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=1, metavar="N", help="Runs side by side; they disturb each other.")
    ] = 1,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Where rows are added.")
    ] = Path("bench"),
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:  # fmt: skip
    """
    Compare solvers: scenarios x solvers x seeds under the same limits.

    Each run is a process of its own and its plan is checked. A row for each is added to a file, a
    table is shown, and cost is drawn against time. Options go before what a suite file says.
    """
    from p2p_dispatch.bench.files import PICTURE, add_row, open_rows
    from p2p_dispatch.bench.plot import plot_rows
    from p2p_dispatch.bench.run import run_suite

    terminal = Terminal(as_json=as_json, quiet=quiet)
    entries = _entries(
        scenarios,
        limits=_given(seconds=time_limit, iterations=iterations),
        solvers=solver and tuple(dict.fromkeys(solver)),
        seeds=seed and tuple(dict.fromkeys(seed)),
        threads=threads,
        baseline=baseline,
        equal=equal,
        patience=patience,
    )
    path = open_rows(out)
    if jobs > 1:
        terminal.say("Runs side by side disturb each other: their times are not to be compared.")
    rows: list[Row] = []
    stopped = False
    try:
        for row in run_suite(entries, jobs=jobs, tell=_teller(terminal)):
            add_row(path, row)
            rows.append(row)
    except KeyboardInterrupt:
        stopped = True
        terminal.complain(f"stopped; the {len(rows)} rows so far are kept")
    files = [path, *([out / PICTURE] if plot_rows(rows, out / PICTURE) else [])]
    _show(terminal, entries, rows, files, stopped=stopped)
    return _code(rows)


def _given(**options: Any) -> dict[str, Any]:
    """Options that were written."""
    return {name: value for name, value in options.items() if value is not None}


def _entries(words: list[str], **options: Any) -> Entries:
    """What to compare: a suite file with the options before it, or the options alone."""
    from p2p_dispatch.bench.entries import entries_of, is_suite, read_suite
    from p2p_dispatch.bench.suite import Suite
    from p2p_dispatch.cli.find import find_scenario

    given = _given(**options)
    suites = [Path(word) for word in words if is_suite(Path(word))]
    if not suites:
        content = {"scenarios": tuple(dict.fromkeys(words)), "solvers": SOLVERS, **given}
        return entries_of(Suite.model_validate(content), find_scenario)
    if len(words) > 1:
        raise typer.BadParameter(f"{suites[0]} is a suite, and a suite comes alone")
    return read_suite(suites[0], find_scenario, instead=_from_here(given))


def _from_here(given: dict[str, Any]) -> dict[str, Any]:
    """Solver files as they are seen from here and not from the suite's folder."""
    seen = {
        "solvers": tuple(_absolute(word) for word in given.get("solvers", ())),
        "baseline": _absolute(given.get("baseline", "")),
    }
    return {**given, **{name: seen[name] for name in seen.keys() & given.keys()}}


def _absolute(word: str) -> str:
    return str(Path(word).resolve()) if word.endswith((".yaml", ".yml")) else word


def _teller(terminal: Terminal) -> Any:
    def tell(task: Task, row: Row, number: int, of: int) -> None:
        if row.result is None:
            words = f"{row.outcome}: {row.words}"
        else:
            words = f"cost {row.result.cost:,.0f} in {row.result.strategy_seconds:.1f} s"
            if row.result.findings:
                words += f", {row.result.findings} findings"
        terminal.say(f"{number}/{of}  {task.about}:  {words}")

    return tell


def _show(
    terminal: Terminal, entries: Entries, rows: list[Row], files: list[Path], *, stopped: bool
) -> None:
    from dataclasses import asdict

    from p2p_dispatch.bench.standing import standings

    suite = entries.suite
    known = standings(rows, baseline=suite.baseline, equal=suite.equal)
    terminal.hand_over(
        {
            "standings": [asdict(standing) for standing in known],
            # The traces are in the file.
            "rows": [row.model_dump(mode="json", exclude={"result": {"trace"}}) for row in rows],
            "files": files,
            "stopped": stopped,
        }
    )
    if terminal.as_json or not rows:
        return
    from p2p_dispatch.bench.table import shortfalls, standings_table

    terminal.show(standings_table(known, baseline=suite.baseline, equal=suite.equal))
    for words in shortfalls(rows):
        terminal.say(words)
    terminal.say("\nWritten: " + ", ".join(str(file) for file in files))


def _code(rows: Iterable[Row]) -> Exit:
    results = [row.result for row in rows if row.result is not None]
    if any(result.findings for result in results):
        return Exit.FINDINGS
    return Exit.DONE if results else Exit.NOTHING
