"""Who must be told what."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from p2p_dispatch.life.parts import Party
from p2p_dispatch.life.promises import Way, changes, told_way, way_of
from p2p_dispatch.plan.model import Trip
from p2p_dispatch.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    Some people of a cohort who must be told something.

    Attributes
    ----------
    what
        ``day``, ``hour``, ``vehicle`` and ``place`` of those who were told otherwise; ``stays`` of
        those who do not travel after all; ``new`` of those who were told nothing.
    trip
        The first trip that they take now, or take on from where they are; empty where they stay.
    call_off
        The first trip that they were told and do not take any more; empty: none.
    """

    cohort: str
    origin: str
    count: int
    what: tuple[str, ...]
    before: Way | None
    after: Way | None
    trip: str
    call_off: str
    at: str
    """Where they are: empty at home, else the hub where they wait."""


def changes_of(
    scenario: Scenario,
    trips: Mapping[str, Trip],
    parts: Iterable[Party],
    before: Mapping[str, str],
) -> tuple[Change, ...]:
    """
    Everybody who must be told something, those who leave first first.

    Parameters
    ----------
    before
        By the id of what was told the first trip of the rest of that way.
    """
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    told = {each.id: each for each in scenario.told}
    found: dict[tuple[Any, ...], Change] = {}
    for part in parts:
        cohort = cohorts[part.cohort]
        after = way_of(part, trips, cohort)
        old = told_way(told[part.told]) if part.told else None
        what = changes(old, after) if old else (("new",) if after and not part.gone else ())
        way = part.trips[part.gone :]
        trip = way[0] if way and part.moved else ""
        off = before.get(part.told, "") if part.told else ""
        if part.gone and part.told and not what and trip != off and trip:
            what = ("vehicle",)  # on the way they are told at the hub
        if not what:
            continue
        at = part.changes[part.gone - 1] if part.gone and part.changes else ""
        key = (part.cohort, what, old, after, trip, off, at)
        count = part.count + (found[key].count if key in found else 0)
        found[key] = Change(
            cohort=part.cohort, origin=cohort.origin, count=count, what=what, before=old,
            after=after, trip=trip, call_off=off if off != trip else "", at=at,
        )  # fmt: skip
    return tuple(sorted(found.values(), key=_order))


def _order(change: Change) -> tuple[object, ...]:
    way = change.before or change.after
    return (way.leaves if way else datetime.max, change.origin, change.cohort, change.what)


COLUMNS = (
    "cohort", "origin", "at", "people", "what",
    "old_leaves", "old_vehicle", "old_board", "old_drop", "old_trip",
    "leaves", "vehicle", "board", "drop", "trip",
)  # fmt: skip
"""Of ``changes.csv``."""


def as_csv(listed: Iterable[Change]) -> str:
    """The list as a table, one row for some people of a cohort."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for change in listed:
        head = (change.cohort, change.origin, change.at, change.count, " ".join(change.what))
        rows.writerow(
            (*head, *_cells(change.before), change.call_off, *_cells(change.after), change.trip)
        )
    return text.getvalue()


def _cells(way: Way | None) -> tuple[str, ...]:
    if way is None:
        return ("", "", "", "")
    return (f"{way.leaves:%Y-%m-%d %H:%M}", way.vehicle, way.board, way.drop)


def as_data(change: Change) -> dict[str, Any]:
    """A change for JSON."""
    content = asdict(change)
    for side in ("before", "after"):
        if content[side]:
            content[side]["leaves"] = f"{content[side]['leaves']:%Y-%m-%d %H:%M}"
    return content


def lines(listed: Iterable[Change]) -> Iterator[str]:
    """The list as sentences."""
    for change in listed:
        who = f"{change.count} of {change.cohort}"
        who += f", waiting at {change.at}" if change.at else ""
        yield f"{who}: {_said(change)}"


def _said(change: Change) -> str:
    if change.after is None:
        was = f" (told {_short(change.before)})" if change.before else ""
        return f"stay for now{was}"
    if change.before is None:
        return f"go {_short(change.after)}, trip {change.trip}; were told nothing"
    now = f"go {_short(change.after)}, trip {change.trip}"
    return f"{now}; not {_short(change.before)} [{', '.join(change.what)}]"


def _short(way: Way | None) -> str:
    assert way is not None
    return f"{way.leaves:%m-%d %H:%M} by {way.vehicle} from {way.board} to {way.drop}"
