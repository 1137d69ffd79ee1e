"""The figures of a plan as bars: people and seats by day, cost by kind, days waited by class."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from p2p_dispatch.plan.rides import boards_on, rides
from p2p_dispatch.report.batches import filled
from p2p_dispatch.report.figures import Figures
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.words import money, number
from p2p_dispatch.scenario.base import day_of

LONGEST = 7
"""Days waited that have bars of their own; longer waits share one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One line of a chart: a bar, or the pieces of one, after each other."""

    label: str
    pieces: tuple[float, ...]
    """Lengths, as parts of the chart's longest."""
    frame: float = 0.0
    """Length of an outline around them; 0: none."""
    says: str = ""
    """The figure beside the bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars with a title."""

    title: str
    rows: tuple[ChartRow, ...]
    keys: tuple[str, ...] = ()
    """What the pieces of a bar are, in order; none: there is one."""
    note: str = ""


def charts(names: Names, known: Figures) -> list[Chart]:
    """The charts of a plan; those that have something to show."""
    found = (_people(names), _seats(names), _cost(names, known), _waits(names))
    return [chart for chart in found if chart.rows]


def _people(names: Names) -> Chart:
    """People who leave home, by day."""
    people: Counter[date] = Counter()
    for ride in rides(names.plan):
        if ride.leg == 1:
            people[boards_on(ride)] += ride.people
    days = sorted({*names.scenario.dates, *people})
    most = max(people.values(), default=0)
    rows = (
        ChartRow(label=names.day(day), pieces=(people[day] / most,), says=f"{people[day]:,}")
        for day in days
    )
    return Chart(title=names.language("charts.people"), rows=tuple(rows) if most else ())


def _seats(names: Names) -> Chart:
    """Seats filled against those allowed, by day of departure."""
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for trip in names.plan.trips:
        sums[trip.day][0] += filled(trip)
        sums[trip.day][1] += trip.allowed
    most = max((allowed for _, allowed in sums.values()), default=0)
    rows = []
    for day in sorted(sums):
        taken, allowed = sums[day]
        share = f"{100 * taken // allowed} %" if allowed else "-"
        says = f"{taken:,} / {allowed:,} = {share}"
        rows.append(
            ChartRow(
                label=names.day(day),
                pieces=(taken / most,) if most else (0.0,),
                frame=allowed / most if most else 0.0,
                says=says,
            )
        )
    language = names.language
    return Chart(
        title=language("charts.seats"), rows=tuple(rows), note=language("charts.seats_note")
    )


def _cost(names: Names, known: Figures) -> Chart:
    """What the plan costs, by kind, subsidies aside."""
    parts = known.parts
    most, language = max(parts.values()), names.language
    whole = sum(parts.values())
    rows = tuple(
        ChartRow(
            label=language(f"cost.{kind}"),
            pieces=(value / most,),
            says=f"{number(value)} ({100 * value / whole:.0f} %)",
        )
        for kind, value in parts.items()
        if value
    )
    note = ""
    if known.subsidies:
        note = language("charts.subsidies", amount=money(known.subsidies, known.currency))
    title = language("charts.cost", currency=known.currency)
    return Chart(title=title, rows=rows, note=note)


def _waits(names: Names) -> Chart:
    """People by the days between being ready and leaving, a piece of each bar a class."""
    language = names.language
    waited: dict[int, Counter[str]] = defaultdict(Counter)
    for ride in rides(names.plan):
        cohort = names.cohorts.get(ride.cohort)
        if ride.leg == 1 and cohort is not None:
            days = max(0, (boards_on(ride) - day_of(cohort.ready)).days)
            waited[min(days, LONGEST)][cohort.priority or ""] += ride.people
    present = {key for counts in waited.values() for key in counts}
    classes = [p.id for p in names.scenario.priorities if p.id in present]
    classes += sorted(key for key in present if key not in classes)
    most = max((counts.total() for counts in waited.values()), default=0)
    rows = []
    for days in range(max(waited, default=-1) + 1):
        counts = waited[days]
        label = language("charts.longer" if days == LONGEST else "charts.days", days=days)
        pieces = tuple(counts[key] / most for key in classes)
        says = " + ".join(f"{counts[key]:,}" for key in classes if counts[key]) or "0"
        rows.append(ChartRow(label=label, pieces=pieces, says=says))
    others = language("others")
    keys = tuple(names.priority(key) or others for key in classes) if len(classes) > 1 else ()
    return Chart(title=language("charts.waits"), rows=tuple(rows), keys=keys)
