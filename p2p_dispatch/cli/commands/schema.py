"""``p2p-dispatch schema``: what may stand in the files, for editors and programs."""

from __future__ import annotations

from typing import Annotated

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.terminal import Terminal


def schema(
    plan: Annotated[bool, typer.Option("--plan", help="Of plan.json instead.")] = False,
    comparison: Annotated[
        bool, typer.Option("--comparison", help="Of what compare --json prints instead.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", hidden=True)] = True,
) -> int:
    """Print the JSON Schema of scenario files."""
    from p2p_dispatch.compare.schema import comparison_schema
    from p2p_dispatch.plan.schema import plan_schema
    from p2p_dispatch.scenario.schema import scenario_schema

    wanted = comparison_schema if comparison else plan_schema if plan else scenario_schema
    Terminal(as_json=True).hand_over(wanted())
    return Exit.DONE
