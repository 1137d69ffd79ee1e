"""
Draws docs/board.svg: the board of a real run, as a terminal shows it.

After ``make demo``: ``.venv/bin/python docs/make_picture.py``.
"""

from __future__ import annotations

import html
import io
import re
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from p2p_dispatch import read_scenario, solve_scenario
from p2p_dispatch.report.board import board
from p2p_dispatch.report.figures import figures
from p2p_dispatch.report.summary import summary

HERE = Path(__file__).parent
WIDTH = 120

COLUMN = 12.2
"""Width of a column in Rich's pictures."""


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
    svg = as_svg(console, "board")
    (HERE / "board.svg").write_text(svg, encoding="utf-8", newline="\n")


def as_svg(console: Console, name: str) -> str:
    """
    What a console has recorded, as a picture.

    A fixed name, so that the same run draws the same bytes; no fonts, since a picture should call
    no server; and room for wide signs, of which Rich counts each as one column.
    """
    svg = console.export_svg(title="p2p-dispatch", unique_id=name)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)

    def apart(found: re.Match[str]) -> str:
        before, x, after, text = found[1], float(found[2]), found[3], html.unescape(found[5])
        pieces = []
        for _, signs in groupby(text, key=cell_len):
            piece = "".join(signs)
            long = cell_len(piece) * COLUMN
            shown = html.escape(piece).replace(" ", "&#160;")
            pieces.append(
                f'<text {before}x="{x:g}"{after}textLength="{long:g}"{found[4]}>{shown}</text>'
            )
            x += long
        return "".join(pieces)

    text = r'<text ([^>]*?)x="([^"]*)"([^>]*?)textLength="[^"]*"([^>]*)>([^<]*)</text>'
    return re.sub(text, apart, svg)


if __name__ == "__main__":
    main()
