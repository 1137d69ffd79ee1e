"""
Draw best cost against time from what ``charter_bench.py --trace`` wrote.

    python benchmarks/charter_curve.py TRACE.csv CURVE.svg

A panel for each instance, a line for each seed.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

Curves = dict[str, dict[str, list[tuple[float, float]]]]
"""By instance and seed: seconds and cost."""


def main(words: list[str] | None = None) -> None:
    """Read the CSV, draw, write the SVG."""
    parser = argparse.ArgumentParser(description="Draw best cost against time.")
    parser.add_argument("trace", type=Path, help="what charter_bench.py --trace wrote")
    parser.add_argument("picture", type=Path, help="SVG, written over")
    options = parser.parse_args(words)
    draw(read(options.trace), options.picture)


def read(path: Path) -> Curves:
    """Read the points of every run."""
    curves: Curves = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8", newline="") as file:
        for run, seconds, cost, _left in csv.reader(file):
            instance, seed = run.split()
            curves[instance][seed].append((float(seconds), float(cost)))
    return curves


def draw(curves: Curves, path: Path) -> None:
    """One panel below the other; both axes are logarithms."""
    with rc_context({"svg.hashsalt": "p2p-dispatch", "svg.fonttype": "none"}):
        figure = Figure(figsize=(8, 2.6 * len(curves)), layout="constrained")
        FigureCanvasSVG(figure)
        panels = figure.subplots(len(curves), 1, squeeze=False)[:, 0]
        for (instance, seeds), panel in zip(curves.items(), panels, strict=True):
            for seed, points in seeds.items():
                seconds, costs = zip(*points, strict=True)
                panel.step(seconds, costs, where="post", linewidth=1.2, label=f"seed {seed}")
            panel.set_xscale("log")
            panel.set_yscale("log")
            panel.xaxis.set_major_formatter("{x:g}")
            for axis in (panel.yaxis.set_major_formatter, panel.yaxis.set_minor_formatter):
                axis("{x:,.0f}")
            panel.spines[["top", "right"]].set_visible(False)
            panel.set_title(instance, loc="left", fontsize=10)
            panel.set_ylabel("cost")
            panel.legend(frameon=False, fontsize=8)
        panels[-1].set_xlabel("seconds")
        figure.savefig(path, format="svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
