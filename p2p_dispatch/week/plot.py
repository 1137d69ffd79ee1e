"""Cost per person against days waited, as a picture."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from p2p_dispatch.week.season import Outcome
from p2p_dispatch.week.table import Mean, means

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIXED, AHEAD = "#8a8f98", "#2f6db5"


def plot_outcomes(outcomes: Sequence[Outcome], currency: str, kind: str = "svg") -> bytes:
    """
    Draw what rules cost against how long people wait: a point for each rule, a dot for each future.

    Parameters
    ----------
    kind
        ``svg`` or ``png``. The same outcomes give the same bytes.
    """
    # Here, since it takes a second; and without pyplot, which looks for a screen.
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with rc_context({"svg.hashsalt": "p2p-dispatch", "svg.fonttype": "none"}):
        figure = Figure(figsize=(8, 4.6), layout="constrained")
        canvas = (FigureCanvasSVG if kind == "svg" else FigureCanvasAgg)(figure)
        panel = figure.subplots()
        known = means(outcomes)
        for ahead, colour, label in ((False, FIXED, "fixed rules"), (True, AHEAD, "look ahead")):
            some = [mean for mean in known if mean.rule.startswith("ahead") is ahead]
            rules = {mean.rule for mean in some}
            dots = [o for o in outcomes if o.rule in rules and o.moved]
            x, y = [o.waited / o.moved for o in dots], [o.total / o.moved for o in dots]
            panel.plot(x, y, ".", color=colour, alpha=0.25, markersize=4)
            some.sort(key=lambda mean: mean.waited)
            at, cost = [mean.waited for mean in some], [mean.cost for mean in some]
            panel.plot(at, cost, "o-", color=colour, linewidth=1.2, label=label)
            for mean in some:
                _name(panel, mean, colour, above=not ahead)
        panel.set_xlabel("days that a person waits after being ready, on average")
        panel.set_ylabel(f"cost per person moved, {currency}, waiting included")
        panel.yaxis.set_major_formatter("{x:,.0f}")
        panel.spines[["top", "right"]].set_visible(False)
        panel.legend(frameon=False, fontsize=8)
        out = io.BytesIO()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from font")
            if kind == "svg":
                canvas.figure.savefig(out, format="svg", metadata={"Date": None})
            else:
                canvas.figure.savefig(out, format="png", dpi=140)
    return out.getvalue()


def _name(panel: Axes, mean: Mean, colour: str, *, above: bool) -> None:
    panel.annotate(
        mean.rule,
        (mean.waited, mean.cost),
        xytext=(4, 6 if above else -12),
        textcoords="offset points",
        fontsize=8,
        color=colour,
    )
