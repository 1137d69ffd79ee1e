"""The standings on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from p2p_dispatch.bench.row import Row
from p2p_dispatch.bench.standing import Means, Standing
from p2p_dispatch.report.words import number

COLUMNS = (
    "solver", "cost", "worst", "ratio", "left", "trips", "seats", "gap",
    "first", "best", "strategy", "process", "MB",
)  # fmt: skip
"""The headings."""

FOLDED = ("solver", "ratio", "left")
"""Columns of words, which go over several lines where the terminal is narrow."""

LEGEND = """
cost, worst: mean and highest over the seeds, people left behind at their price
ratio: money to pay against {baseline}, {people}
first, best, strategy: seconds to its first plan, its best, its end; process: all"""


def standings_table(standings: Sequence[Standing], *, baseline: str, equal: bool) -> RenderableType:
    """A table for each scenario, what went wrong in its runs, and what the columns mean."""
    parts: list[RenderableType] = []
    for scenario, group in groupby(standings, key=lambda standing: standing.scenario):
        some = list(group)
        parts += [Text(scenario, style="bold"), Padding(_table(some), (0, 0, 0, 0))]
        parts += [Text(words, style="red") for words in _troubles(some)]
        parts.append(Text())
    people = "for the people whom it moves" if equal else "whomever they leave behind"
    legend = LEGEND.format(baseline=baseline, people=people)
    if not equal:
        legend = legend.replace("money to pay", "cost")
    return Group(*parts, Text(legend.strip(), style="dim"))


def _table(standings: list[Standing]) -> Table:
    rows = [_cells(standing) for standing in standings]
    # Of one seed the worst is the mean, and without a bound there is no gap.
    shown = [name for name in COLUMNS if any(row[name] for row in rows)]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in shown:
        side: Literal["left", "right"] = "left" if name == "solver" else "right"
        table.add_column(name, justify=side, no_wrap=name not in FOLDED, overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[name]) for name in shown))
    return table


def _cells(standing: Standing) -> dict[str, str]:
    means, ratio = standing.means, standing.ratio
    cells = dict.fromkeys(COLUMNS, "")
    cells["solver"] = standing.solver
    cells["process"] = _seconds(standing.process_seconds)
    cells["MB"] = "" if standing.peak_mb is None else f"{standing.peak_mb:,.0f}"
    cells["ratio"] = ratio.why_not if ratio.value is None else f"{ratio.value:.3f}"
    if means is None:
        return {**cells, "cost": "no plan"}
    return {
        **cells,
        "cost": number(means.cost) + (" !" if standing.troubles else ""),
        "worst": number(means.worst) if standing.plans > 1 else "",
        "left": _left(means),
        "trips": _count(means.trips),
        "seats": f"{means.filled:.0%}",
        "gap": "" if means.gap is None else f"{means.gap:.1%}",
        "first": _seconds(means.first_seconds),
        "best": _seconds(means.best_seconds),
        "strategy": _seconds(means.strategy_seconds),
    }


def _left(means: Means) -> str:
    """People left behind; by class where classes have names."""
    parts = [f"{name or 'others'} {_count(people)}" for name, people in means.left.items()]
    total = _count(sum(means.left.values()))
    return "\n".join([total, *(parts if any(means.left) else [])])


def _count(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _seconds(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}" if value < 1 else f"{value:.1f}"


def _troubles(standings: list[Standing]) -> Iterator[str]:
    for standing in standings:
        for trouble in standing.troubles:
            yield f"! {standing.solver}, {trouble}"


def shortfalls(rows: Sequence[Row]) -> Iterator[str]:
    """Who could not move the people whom the baseline moved, a sentence each."""
    for row in rows:
        if row.equal_to and row.result is None and row.solver != row.equal_to:
            who = f"{row.scenario}, {row.solver}, seed {row.seed}"
            yield f"{who}, for the people of {row.equal_to}: {row.words}"
