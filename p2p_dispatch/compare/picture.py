"""A comparison as a picture: cost by kind, people by day, days waited, who is better off."""

from __future__ import annotations

import io
import warnings
from collections import Counter
from typing import TYPE_CHECKING

from p2p_dispatch.compare.model import Comparison, Measure, Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

ONE, OTHER = "#8a8f98", "#2f6db5"
"""Colours of the two plans."""

MOST_TICKS = 8
"""Labels that have room under a panel."""

WORSE, BETTER = "#c0392b", "#2e8b57"

MEASURES = {
    Measure.MOVED: "moved at all",
    Measure.LATE: "days late",
    Measure.DAY: "day of leaving",
    Measure.TRANSFERS: "changes",
    Measure.RIDE: "length of the ride",
}


def draw(compared: Comparison, kind: str = "svg") -> bytes:
    """
    Draw a comparison.

    Parameters
    ----------
    kind
        ``svg`` or ``png``. The same comparison gives the same bytes.
    """
    # Here, since it takes a second; and without pyplot, which looks for a screen.
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with (
        rc_context({"svg.hashsalt": "p2p-dispatch", "svg.fonttype": "none"}),
        warnings.catch_warnings(),
    ):
        # Measured with a font of ours that need not have it; drawn by the reader's, which has.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure = Figure(figsize=(9, 6.4), layout="constrained")
        canvas = (FigureCanvasSVG if kind == "svg" else FigureCanvasAgg)(figure)
        _panels(figure, compared)
        out = io.BytesIO()
        if kind == "svg":
            canvas.figure.savefig(out, format="svg", metadata={"Date": None})
        else:
            canvas.figure.savefig(out, format="png", dpi=140)
    return out.getvalue()


def _panels(figure: Drawing, compared: Comparison) -> None:
    (cost, days), (waits, people) = figure.subplots(2, 2)
    _costs(cost, compared)
    _bars(days, compared, [(f"{d.day:%m-%d}", d.one, d.other) for d in compared.days])
    days.set_title("people by day of leaving", loc="left", fontsize=10)
    _bars(waits, compared, [(str(w.days), w.one, w.other) for w in compared.waits])
    waits.set_title("people by days waited after being ready", loc="left", fontsize=10)
    _verdicts(people, compared)
    for panel in (cost, days, waits, people):
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(labelsize=8)


def _costs(panel: Axes, compared: Comparison) -> None:
    """What is to be paid, by kind: a pair of bars each."""
    kinds = [f for f in compared.figures if f.group == "cost" and f.id and (f.one or f.other)]
    _bars(panel, compared, [(f.name, f.one, f.other) for f in kinds])
    panel.yaxis.set_major_formatter("{x:,.0f}")
    panel.set_title(f"cost by kind, {compared.currency}", loc="left", fontsize=10)
    handles, _ = panel.get_legend_handles_labels()
    if handles:
        panel.legend(frameon=False, fontsize=8)


def _bars(panel: Axes, compared: Comparison, rows: list[tuple[str, float, float]]) -> None:
    at = list(range(len(rows)))
    wide = 0.4
    sides = ((compared.one.label, ONE, 1, -wide / 2), (compared.other.label, OTHER, 2, wide / 2))
    for label, colour, column, shift in sides:
        heights = [row[column] for row in rows]
        panel.bar([x + shift for x in at], heights, wide, color=colour, label=label)
    every = max(1, -(-len(rows) // MOST_TICKS))
    panel.set_xticks(at[::every], [row[0] for row in rows][::every])


def _verdicts(panel: Axes, compared: Comparison) -> None:
    """People better off to the right, worse off to the left, by what decides."""
    counts = Counter[tuple[Measure, Verdict]]()
    for lot in compared.lots:
        if lot.by is not None:
            counts[lot.by, lot.verdict] += lot.people
    measures = [m for m in MEASURES if counts[m, Verdict.BETTER] or counts[m, Verdict.WORSE]]
    at = list(range(len(measures)))
    for verdict, colour, sign in ((Verdict.BETTER, BETTER, 1), (Verdict.WORSE, WORSE, -1)):
        widths = [sign * counts[measure, verdict] for measure in measures]
        panel.barh(at, widths, color=colour, label=f"{verdict} off")
        for y, width in zip(at, widths, strict=True):
            if width:
                side = "left" if sign > 0 else "right"
                panel.text(width, y, f" {abs(width):,} ", va="center", ha=side, fontsize=8)
    panel.axvline(0, color="black", linewidth=0.8)
    panel.set_yticks(at, [MEASURES[measure] for measure in measures])
    panel.invert_yaxis()
    panel.margins(x=0.2)
    panel.xaxis.set_major_formatter(lambda x, _: f"{abs(x):,.0f}")
    label = compared.other.label
    panel.set_title(f"people worse (left) and better off in {label}", loc="left", fontsize=10)
