"""
A seating as a CSV without names, and back.

One row for everybody on every trip, for each seat of staff without a name, for everybody who stands
by, and for everybody left behind. People are named by their ids in the roster.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.files import read_text, refuse
from p2p_dispatch.roster.cells import unguarded, write_rows
from p2p_dispatch.roster.files import MOST_MB
from p2p_dispatch.roster.person import Person, Roster
from p2p_dispatch.roster.seating import Left, Manifest, OpenSeat, Seated, Seating

COLUMNS = (
    "what", "trip", "person", "seat", "board", "alight", "leg", "last", "site", "duty", "reason",
    "words",
)  # fmt: skip
"""The headings, in order."""

WHAT = ("trip", "seated", "open", "standby", "left")
"""Kinds of rows: a trip of the plan, then who is on it; and who is left behind."""


def write_seating(seating: Seating, path: str | Path) -> Path:
    """
    Write a seating and return its path.

    Raises
    ------
    OSError
        When it cannot be written there.
    """
    path = Path(path)
    rows = (tuple(row.get(name, "") for name in COLUMNS) for row in _rows(seating))
    write_rows(path, COLUMNS, rows)
    return path


def _rows(seating: Seating) -> Iterator[dict[str, str]]:
    for manifest in seating.manifests:
        yield {"what": "trip", "trip": manifest.trip}
        for seated in manifest.seated:
            yield {
                "what": "seated",
                "trip": manifest.trip,
                "person": seated.person.id,
                "seat": seated.seat,
                "board": seated.board,
                "alight": seated.alight,
                "leg": str(seated.leg),
                "last": "yes" if seated.last else "",
                "site": seated.site,
                "duty": seated.duty,
            }
        for seat in manifest.open_staff:
            yield {"what": "open", "trip": manifest.trip, "seat": seat.seat, "duty": seat.role}
        for person in manifest.standby:
            yield {"what": "standby", "trip": manifest.trip, "person": person.id}
    for left in seating.left:
        yield {
            "what": "left",
            "person": left.person.id,
            "reason": left.reason,
            "words": left.words,
        }


def read_seating(path: str | Path, roster: Roster) -> Seating:
    """
    A seating from its CSV, with the people of the roster.

    Raises
    ------
    InputError
        P2P4301 when it is no seating, P2P4302 for a row that cannot be one or names nobody of the
        roster; and those of any file.
    """
    path = Path(path)
    text = read_text(path, most_mb=MOST_MB, too_large="write it again", or_gb18030=True)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head, *rows = reader
    except csv.Error as trouble:
        mark = Mark(str(path), reader.line_num)
        refuse("P2P1035", mark, f"it cannot be parsed: {trouble}", "close the quotes")
    if not set(COLUMNS) <= set(head):
        right = "the seating.csv that p2p-dispatch seat has written"
        refuse("P2P4301", Mark(str(path), 1), "the headings are not those of a seating", right)
    return _Reader(str(path), roster).read(
        dict(zip(head, map(unguarded, cells), strict=False)) for cells in rows
    )


class _Reader:
    def __init__(self, file: str, roster: Roster) -> None:
        self.file = file
        self.roster = roster
        self.faults: list[Fault] = []
        self.parts: dict[str, defaultdict[str, list[Any]]] = {}
        self.left: list[Left] = []

    def read(self, rows: Iterator[dict[str, str]]) -> Seating:
        for number, row in enumerate(rows, start=2):
            if not any(row.values()):
                continue
            try:
                self.take(row)
            except LookupError as trouble:
                mark = Mark(self.file, number)
                right = "the roster that the people were seated from"
                self.faults.append(
                    Fault(code="P2P4302", mark=mark, found=trouble.args[0], right=right)
                )
        if self.faults:
            raise InputError(self.faults)
        return Seating(
            tuple(
                Manifest(
                    trip=trip,
                    seated=tuple(parts["seated"]),
                    open_staff=tuple(parts["open"]),
                    standby=tuple(parts["standby"]),
                )
                for trip, parts in self.parts.items()
            ),
            tuple(self.left),
        )

    def take(self, row: dict[str, str]) -> None:
        what, trip = row["what"], row["trip"]
        if what not in WHAT:
            raise LookupError(f"a row of kind {what[:40]!r}; there are {', '.join(WHAT)}")
        if what == "left":
            person = self.person(row["person"])
            self.left.append(Left(person=person, reason=row["reason"], words=row["words"]))
            return
        parts = self.parts.setdefault(trip, defaultdict(list))
        if what == "seated":
            parts[what].append(self.seated(row))
        elif what == "standby":
            parts[what].append(self.person(row["person"]))
        elif what == "open":
            parts[what].append(OpenSeat(role=row["duty"], seat=row["seat"]))

    def seated(self, row: dict[str, str]) -> Seated:
        if not row["leg"].isdecimal():
            raise LookupError(f"leg is {row['leg'][:40]!r}, and is a number from 1")
        return Seated(
            person=self.person(row["person"]),
            leg=int(row["leg"]),
            last=bool(row["last"]),
            **{name: row[name] for name in ("trip", "seat", "board", "alight", "site", "duty")},
        )

    def person(self, name: str) -> Person:
        person = self.roster.by_id.get(name)
        if person is None:
            raise LookupError(f"the roster has nobody with the id {name[:60]!r}")
        return person
