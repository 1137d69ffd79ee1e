"""``p2p-dispatch solvers``: what a scenario can be solved with."""

from __future__ import annotations

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, Quiet
from p2p_dispatch.cli.terminal import Terminal


def solvers(as_json: Json = False, quiet: Quiet = False) -> int:
    """List the solvers: strategies with their parameters and limits."""
    from p2p_dispatch.solution.solver import read_solver, solver_paths

    terminal = Terminal(as_json=as_json, quiet=quiet)
    rows = []
    for name, path in solver_paths().items():
        solver = read_solver(name)
        limits = solver.file.limits.model_dump(exclude_none=True)
        rows.append(
            {
                "name": name,
                "strategy": solver.file.strategy,
                "limits": limits,
                "about": solver.file.about,
                "parameters": solver.parameters.model_dump(mode="json"),
                "path": path,
            }
        )
    terminal.hand_over({"solvers": rows})
    if not as_json:
        from p2p_dispatch.report.listing import listing

        columns = ("name", "strategy", "limits", "about")
        table = [{key: _words(row[key]) for key in columns} for row in rows]
        terminal.show(listing(table, folds=("about",)))
    terminal.say("\nNext:  p2p-dispatch solve SCENARIO --solver NAME")
    return Exit.DONE


def _words(value: object) -> object:
    if isinstance(value, dict):
        return ", ".join(f"{name} {limit}" for name, limit in value.items()) or "none"
    return value
