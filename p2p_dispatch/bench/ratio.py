"""A solver's cost against the baseline's, where the two can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from p2p_dispatch.bench.row import Outcome, Result, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A mean over the seeds, or why there is none."""

    value: float | None = None
    of: str = ""
    """Of what: ``money``, ``money at equal people`` or ``cost``."""
    why_not: str = ""
    """Why no ratio is given, a few words."""


class _Incomparable(Exception):  # noqa: N818  (it reads as what it is)
    pass


def ratio_of(
    rows: Iterable[Row], scenario: str, solver: str, *, baseline: str, equal: bool
) -> Ratio:
    """
    The mean ratio of a solver to the baseline, seed by seed.

    Money is compared where both move the same people: either everybody, or, solving once more,
    those whom the baseline moved. Somebody who is left behind costs no money, so otherwise there
    is no ratio. Without ``equal`` whole costs are compared, with people left behind at their
    price.
    """
    ours = {
        (row.solver, row.seed, row.equal_to is not None): row
        for row in rows
        if row.scenario == scenario and row.solver in (solver, baseline)
    }
    seeds = dict.fromkeys(seed for name, seed, _ in ours if name == solver)
    try:
        pairs = [_pair(ours, solver, baseline, seed, equal=equal) for seed in seeds]
        value = fmean(_quotient(mine, theirs) for mine, theirs, _ in pairs)
    except _Incomparable as trouble:
        return Ratio(why_not=str(trouble))
    kinds = {kind for _, _, kind in pairs}
    return Ratio(value=value, of=" or ".join(sorted(kinds)))


def _pair(
    rows: dict[tuple[str, int, bool], Row], solver: str, baseline: str, seed: int, *, equal: bool
) -> tuple[float, float, str]:
    """What the solver and the baseline need, and what that is."""
    base = _sound(rows.get((baseline, seed, False)), "no baseline")
    mine = _sound(rows.get((solver, seed, False)), "no plan")
    if not base.moved and base.people:
        raise _Incomparable("baseline moves nobody")
    if not equal:
        return mine.cost, base.cost, "cost"
    if base.moved == base.people:
        if mine.moved < mine.people:
            raise _Incomparable(f"leaves {mine.people - mine.moved:,}")
        return mine.money, base.money, "money"
    again = rows.get((baseline, seed, True))
    # Its first plan moves just these people too, so the baseline is never worse than that.
    least = min([base.money, *([again.result.money] if again and again.result else [])])
    if solver == baseline:
        return least, least, "money at equal people"
    row = rows.get((solver, seed, True))
    return _sound(row, "not all").money, least, "money at equal people"


def _sound(row: Row | None, words: str) -> Result:
    """The result of a run; ``words`` say that it has none."""
    if row is None:
        raise _Incomparable("not run")
    if row.result is None:
        raise _Incomparable(words if row.outcome is Outcome.NO_PLAN else row.outcome.value)
    if row.result.findings:
        raise _Incomparable("breaks rules")
    return row.result


def _quotient(mine: float, theirs: float) -> float:
    if theirs == 0:
        raise _Incomparable("baseline is 0")
    return mine / theirs
