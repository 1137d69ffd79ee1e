"""Rows of the same scenario and solver, taken together over the seeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from p2p_dispatch.bench.ratio import Ratio, ratio_of
from p2p_dispatch.bench.row import Result, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the plans of one solver are worth, as means over the seeds."""

    cost: float
    worst: float
    """The highest cost of a seed."""
    money: float
    left: dict[str, float]
    """People left behind, by class."""
    trips: float
    filled: float
    """Share of the allowed seats that is taken."""
    gap: float | None
    """None where a seed has no bound."""
    first_seconds: float
    best_seconds: float
    strategy_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one solver does on one scenario."""

    scenario: str
    solver: str
    runs: int
    plans: int
    """Runs that gave a plan."""
    means: Means | None
    """Over the runs that gave a plan; none: there is no plan."""
    ratio: Ratio
    """Against the baseline."""
    process_seconds: float
    peak_mb: float | None
    """The highest of a seed."""
    troubles: tuple[str, ...]
    """What went wrong, a sentence for each run in which something did."""


def standings(rows: Sequence[Row], *, baseline: str, equal: bool) -> list[Standing]:
    """
    One standing for each scenario and solver, in the order of the rows.

    Parameters
    ----------
    rows
        Those of one suite, the runs at equal people served included.
    baseline
        The solver that the others are measured by.
    equal
        Whether ratios are at equal people served; else they are of the whole cost.
    """
    plain = [row for row in rows if row.equal_to is None]
    pairs = dict.fromkeys((row.scenario, row.solver) for row in plain)
    names = list(dict.fromkeys(scenario for scenario, _ in pairs))
    # Side by side the rows come as they end, and the first scenario need not be the first.
    ordered = sorted(pairs, key=lambda pair: (names.index(pair[0]), pair[1] != baseline))
    return [
        _standing(
            [row for row in plain if (row.scenario, row.solver) == pair],
            ratio_of(rows, *pair, baseline=baseline, equal=equal),
        )
        for pair in ordered
    ]


def _standing(rows: list[Row], ratio: Ratio) -> Standing:
    results = [row.result for row in rows if row.result is not None]
    return Standing(
        scenario=rows[0].scenario,
        solver=rows[0].solver,
        runs=len(rows),
        plans=len(results),
        means=_means(results) if results else None,
        ratio=ratio,
        process_seconds=fmean(row.process_seconds for row in rows),
        peak_mb=max((row.peak_mb for row in rows if row.peak_mb is not None), default=None),
        troubles=tuple(_troubles(rows)),
    )


def _means(results: list[Result]) -> Means:
    classes = dict.fromkeys(name for result in results for name in result.left)
    gaps = [result.gap for result in results if result.gap is not None]
    allowed = sum(result.allowed for result in results)
    return Means(
        cost=fmean(result.cost for result in results),
        worst=max(result.cost for result in results),
        money=fmean(result.money for result in results),
        left={name: fmean(result.left.get(name, 0) for result in results) for name in classes},
        trips=fmean(result.trips for result in results),
        filled=sum(result.filled for result in results) / allowed if allowed else 0.0,
        gap=fmean(gaps) if len(gaps) == len(results) else None,
        first_seconds=fmean(result.first_seconds for result in results),
        best_seconds=fmean(result.best_seconds for result in results),
        strategy_seconds=fmean(result.strategy_seconds for result in results),
    )


def _troubles(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        seed = f"seed {row.seed}"
        if row.result is None:
            yield f"{seed}: {row.outcome}: {row.words}"
        elif row.result.findings:
            rules = ", ".join(f"{rule} {number}" for rule, number in row.result.broken.items())
            yield f"{seed}: the plan breaks rules: {rules}"
