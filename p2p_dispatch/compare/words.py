"""Figures and changes as planners read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from p2p_dispatch.compare.model import Comparison, Figure, Kind, Lot, Measure, Verdict
from p2p_dispatch.report.words import NO_CHANGE, many, number, signed
from p2p_dispatch.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """People of one origin for whom the same kind of thing changes."""

    verdict: Verdict
    by: Measure | None
    origin: str
    """Name of the assembly point."""
    people: int
    cohorts: tuple[str, ...]
    words: str


def amount(figure: Figure, value: float) -> str:
    """A figure as it is read."""
    match figure.kind:
        case Kind.SHARE:
            return f"{100 * value:.1f} %"
        case Kind.DAYS:
            return f"{value:.2f}".removesuffix(".00")
        case _:
            return number(value)


def change(figure: Figure) -> str:
    """How much more it is in the second plan, with its sign."""
    if figure.kind is Kind.SHARE:
        return signed(100 * figure.change, 1)
    text = amount(figure, abs(figure.change))
    if text in ("0", "0.00"):
        return NO_CHANGE
    return f"{'-' if figure.change < 0 else '+'}{text}"


def shown(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures that at least one plan has; those of the first rank always."""
    always = {"people", "trips", "cost", "waiting"}
    for figure in figures:
        if figure.one or figure.other or (figure.group in always and not figure.id):
            yield figure


def told_of(scenario: Scenario, lots: Iterable[Lot]) -> list[Told]:
    """What changes, origin by origin: those who are worse off first, then by people."""
    groups: dict[tuple[Verdict, Measure | None, str, str], list[Lot]] = defaultdict(list)
    for lot in lots:
        if lot.verdict is not Verdict.SAME:
            groups[lot.verdict, lot.by, lot.origin, _mode(lot)].append(lot)
    told = [
        Told(
            verdict=verdict,
            by=by,
            origin=scenario.places[origin].label if origin in scenario.places else origin,
            people=sum(lot.people for lot in some),
            cohorts=tuple(dict.fromkeys(lot.cohort for lot in some)),
            words=", ".join(part for part in (_what(verdict, by, some), mode) if part),
        )
        for (verdict, by, origin, mode), some in groups.items()
    ]
    rank = {Verdict.WORSE: 0, Verdict.BETTER: 1, Verdict.OTHERWISE: 2}
    return sorted(told, key=lambda each: (rank[each.verdict], -each.people, each.origin))


def verdicts(compared: Comparison) -> Iterator[tuple[str, int]]:
    """How many are better off, worse off and neither."""
    yield "better off", compared.count(Verdict.BETTER)
    yield "worse off", compared.count(Verdict.WORSE)
    yield "neither, but otherwise", compared.count(Verdict.OTHERWISE)
    yield "as before", compared.count(Verdict.SAME)


def _mode(lot: Lot) -> str:
    """Another mode, in words; empty where it is the same or somebody is left behind."""
    if not (lot.one.moved and lot.other.moved) or lot.one.modes == lot.other.modes:
        return ""
    return f"by {_modes(lot.other.modes)} instead of {_modes(lot.one.modes)}"


def _modes(modes: tuple[str, ...]) -> str:
    return " + ".join(mode.partition("-")[0] for mode in modes)


def _what(verdict: Verdict, by: Measure | None, lots: list[Lot]) -> str:
    worse = verdict is Verdict.WORSE
    match by:
        case Measure.MOVED if worse:
            return f"left behind ({_reasons(lot.other.reason for lot in lots)}), was moved"
        case Measure.MOVED:
            return f"moved, was left behind ({_reasons(lot.one.reason for lot in lots)})"
        case Measure.LATE:
            late = [abs(lot.other.late_days - lot.one.late_days) for lot in lots]
            return f"arrives {_span(late, 'day')} {'later' if worse else 'sooner'} past being due"
        case Measure.DAY:
            days = [abs(lot.days) for lot in lots]
            return f"leaves {_span(days, 'day')} {'later' if worse else 'earlier'}"
        case Measure.TRANSFERS:
            times = [abs(len(lot.other.trips) - len(lot.one.trips)) for lot in lots]
            return f"changes {_span(times, 'time')} {'more' if worse else 'less'}"
        case Measure.RIDE:
            hours = _hours([abs(lot.ride_minutes) for lot in lots])
            return f"rides {hours} {'longer' if worse else 'shorter'}"
        case _:
            return "another hour, place or coach"


def _reasons(reasons: Iterable[str]) -> str:
    return ", ".join(sorted(set(reasons) - {""})) or "no reason is told"


def _span(numbers: list[int], noun: str) -> str:
    least, most = min(numbers), max(numbers)
    return many(most, noun) if least == most else f"{least} to {many(most, noun)}"


def _hours(minutes: list[int]) -> str:
    least, most = (f"{value // 60}:{value % 60:02d}" for value in (min(minutes), max(minutes)))
    return f"{most} h" if least == most else f"{least} to {most} h"
