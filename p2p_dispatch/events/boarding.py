"""A boarding list with ticks: who did not come, and who came without a seat."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from p2p_dispatch.events.model import Event, NoShow, WalkUp
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.files import read_text

HEADINGS = ("trip", "cohort", "people", "boarded")
"""Columns that are read: ``manifests.csv`` has all but the last. Others may stand beside them."""

YES = frozenset({"x", "y", "yes", "1", "true", "✓", "✔", "√", "是", "有"})
NO = frozenset({"", "n", "no", "0", "false", "-", "否", "无"})
"""Ticks, where a row is one person."""

Batches = Mapping[tuple[str, str], tuple[str, int]]
"""By trip and cohort: the batch of its people who leave home on that trip, and how many."""


def ticked(path: Path, batches: Batches, trips: set[str], when: datetime) -> tuple[Event, ...]:
    """
    What a boarding list says: fewer boarded than were to, or more.

    A row is one person, with a tick under ``boarded`` or none; or, with a number under ``people``,
    so many of a cohort, and under ``boarded`` how many came. Trips that the list does not name are
    left alone; so is a cohort of which it has no row, and who only changes to a trip.

    Parameters
    ----------
    batches
        Who was to board.
    trips
        All trips of the plan.
    when
        The time of the events.

    Raises
    ------
    InputError
        P2P3107, with every row that cannot be read.
    """
    text = read_text(path, most_mb=8, too_large="keep a boarding list under 8 MB")
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if missing := [name for name in HEADINGS if name not in (reader.fieldnames or ())]:
        words = f"the heading lacks {', '.join(missing)}"
        right = "manifests.csv of the plan, and boarded as one column more"
        raise InputError([_fault(path, 1, words, right)])
    boarded: Counter[tuple[str, str]] = Counter()
    faults = []
    for line, row in enumerate(reader, start=2):
        cells = {name: (row[name] or "").strip() for name in HEADINGS}
        key = cells["trip"], cells["cohort"]
        if key[0] not in trips:
            faults.append(_fault(path, line, f"the plan has no trip {key[0]}", "as in trips.csv"))
            continue
        count = _count(cells["people"], cells["boarded"].lower())
        if count is None or not key[1]:
            found = f"{row['boarded']!r} for {cells['people'] or 'one'} of {key[1] or 'no cohort'}"
            faults.append(_fault(path, line, found, "a tick or nothing, or how many boarded"))
            continue
        boarded[key] += count
    if faults:
        raise InputError(faults)
    return tuple(_events(boarded, batches, when))


def _count(people: str, boarded: str) -> int | None:
    """How many a row says have boarded; None where it cannot be read."""
    if people.isdecimal() and int(people) != 1:
        return int(boarded) if boarded.isdecimal() else 0 if boarded in NO else None
    if people and not people.isdecimal():
        return None
    if boarded in YES or boarded in NO:
        return int(boarded in YES)
    return int(boarded) if boarded.isdecimal() else None


def _events(
    boarded: Counter[tuple[str, str]], batches: Batches, when: datetime
) -> Iterator[NoShow | WalkUp]:
    for key, count in sorted(boarded.items()):
        if key not in batches:
            continue
        batch, planned = batches[key]
        common = {"time": when, "subject": batch, "cohort": key[1]}
        if count < planned:
            yield NoShow(kind="no-show", value=planned - count, **common)
        elif count > planned:
            yield WalkUp(kind="walk-up", value=count - planned, **common)


def _fault(path: Path, line: int, found: str, right: str) -> Fault:
    return Fault(code="P2P3107", mark=Mark(str(path), line), found=found, right=right)
