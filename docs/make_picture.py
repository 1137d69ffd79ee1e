"""
Draws docs/board.svg: the board of a real run, as a terminal shows it.

After ``make demo``: ``.venv/bin/python docs/make_picture.py``.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from p2p_dispatch import read_scenario, solve_scenario
from p2p_dispatch.report.board import board
from p2p_dispatch.report.figures import figures
from p2p_dispatch.report.summary import summary

HERE = Path(__file__).parent
WIDTH = 120


def main() -> None:
    """Solve, print to a terminal that keeps a record, and save the record."""
    scenario = read_scenario(HERE.parent / "scenarios" / "zhanjiang_2020.yaml")
    plan = solve_scenario(scenario, threads=1)
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, legacy_windows=False
    )
    console.print(Text("$ p2p-dispatch solve scenarios/zhanjiang_2020.yaml\n", style="dim"))
    console.print(Text(scenario.title, style="bold"))
    console.print(board(plan, scenario, width=WIDTH))
    console.print(summary(plan, figures(plan, scenario)))
    # A fixed id, so that the same run draws the same bytes; no fonts, since a picture should call
    # no server.
    svg = console.export_svg(title="p2p-dispatch", unique_id="board")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    (HERE / "board.svg").write_text(svg, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
