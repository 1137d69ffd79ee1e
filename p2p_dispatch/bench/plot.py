"""Cost against time, as a picture: a panel for each scenario, a line for each solver and seed."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from math import ceil, floor, log10
from pathlib import Path
from typing import TYPE_CHECKING

from p2p_dispatch.bench.row import Result, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SOONEST = 0.001
"""Left end of the time axis, s; a logarithm has no zero."""


def plot_rows(rows: Sequence[Row], path: Path) -> bool:
    """
    Draw the runs in which everybody was asked for.

    A strategy that reports only at its end is a point there: nobody knows what it had before.

    Parameters
    ----------
    rows
        Those of one suite.
    path
        Where to; an SVG, written over.

    Returns
    -------
    Whether there was anything to draw.
    """
    drawn = [row for row in rows if row.result is not None and row.equal_to is None]
    if not drawn:
        return False
    # Here, since it takes a second; and without pyplot, which looks for a screen.
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    scenarios = list(dict.fromkeys(row.scenario for row in drawn))
    solvers = list(dict.fromkeys(row.solver for row in drawn))
    # The same rows give the same bytes, and text stays text, in whatever script.
    with (
        rc_context({"svg.hashsalt": "p2p-dispatch", "svg.fonttype": "none"}),
        warnings.catch_warnings(),
    ):
        # Measured with a font of ours that need not have it; drawn by the reader's, which has.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure = Figure(figsize=(8, 3.2 * len(scenarios)), layout="constrained")
        FigureCanvasSVG(figure)
        panels = figure.subplots(len(scenarios), 1, squeeze=False)[:, 0]
        for scenario, panel in zip(scenarios, panels, strict=True):
            _panel(panel, scenario, [row for row in drawn if row.scenario == scenario], solvers)
        figure.savefig(path, format="svg", metadata={"Date": None})
    return True


def _panel(panel: Axes, scenario: str, rows: list[Row], solvers: list[str]) -> None:
    labelled: set[str] = set()
    for row in rows:
        assert row.result is not None
        points = [(max(seconds, SOONEST), cost) for seconds, cost in row.result.trace]
        label = row.solver if row.solver not in labelled else None
        labelled.add(row.solver)
        colour = f"C{solvers.index(row.solver) % 10}"
        # What it had stays its best until it ends.
        last = (max(row.result.strategy_seconds, points[-1][0]), points[-1][1])
        seconds, costs = zip(*points, last, strict=True)
        panel.step(seconds, costs, where="post", color=colour, linewidth=1.2, label=label)
        panel.plot(*points[-1], marker="o", markersize=4, color=colour)
        if row.result.bound is not None:
            panel.axhline(row.result.bound, color=colour, linewidth=0.8, linestyle=":")
    _axes(panel, [row.result for row in rows if row.result])
    panel.set_title(scenario, loc="left", fontsize=10)
    panel.set_xlabel("seconds of the strategy; dotted: proved bound")
    panel.set_ylabel("cost")
    panel.legend(frameon=False, fontsize=8)


def _axes(panel: Axes, results: list[Result]) -> None:
    """Time in whole decades, money with its thousands parted."""
    soonest = min(max(result.first_seconds, SOONEST) for result in results)
    latest = max(result.strategy_seconds for result in results)
    panel.set_xscale("log")
    panel.set_xlim(10 ** floor(log10(soonest)), 10 ** ceil(log10(max(latest, 2 * soonest))))
    panel.xaxis.set_major_formatter("{x:g}")
    panel.xaxis.set_minor_formatter("")
    panel.yaxis.set_major_formatter("{x:,.0f}")
    panel.spines[["top", "right"]].set_visible(False)
