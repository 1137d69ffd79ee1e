"""What the writers of documents have on their desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from p2p_dispatch.plan.model import Batch, Trip
from p2p_dispatch.plan.rides import Ride, rides
from p2p_dispatch.plan.tables import departure
from p2p_dispatch.report.contacts import Contacts
from p2p_dispatch.report.figures import Figures
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.people import People
from p2p_dispatch.report.sheets.document import Column, Line, Row
from p2p_dispatch.roster import Seated

SLOT = 30
"""Minutes of a slot where a place says nothing of slots."""

BLANK = "______________________"
"""Room to write in, on a line."""


@dataclass(frozen=True)
class Desk:
    """A plan, its words, its figures, its people, and whom to call."""

    names: Names
    known: Figures
    people: People | None = None
    contacts: Contacts = field(default_factory=Contacts)

    def __call__(self, key: str, /, **values: object) -> str:
        """A text of the section ``sheets``."""
        return self.names.language(f"sheets.{key}", **values)

    def contact(self, *names: str) -> str:
        """Whom to call of the first of these ids that has somebody, or room to write it in."""
        return self.contacts.of(*names) or BLANK

    def vehicle(self, trip: Trip) -> str:
        """What runs, with its number plate where that is known."""
        plate = self.contacts.plates.get(trip.unit, "")
        return f"{self.names.vehicle(trip)} {plate}".strip()

    def column(self, key: str, width: float, *, right: bool = False) -> Column:
        """A column with the heading of this key."""
        return Column(heading=self.names.language(f"columns.{key}"), width=width, right=right)

    @cached_property
    def rides(self) -> dict[str, list[Ride]]:
        """Movement lines by trip."""
        found: dict[str, list[Ride]] = defaultdict(list)
        for ride in rides(self.names.plan):
            found[ride.trip.id].append(ride)
        return found

    @cached_property
    def batches(self) -> list[tuple[Batch, Trip]]:
        """Batches with their trips, in order of departure."""
        trips = self.names.trips
        pairs = [(batch, trips[batch.trip]) for batch in self.names.plan.batches
                 if batch.trip in trips]  # fmt: skip
        return sorted(pairs, key=self._order)

    def _order(self, pair: tuple[Batch, Trip]) -> tuple[str, float, str]:
        batch, trip = pair
        leaves = self.leaves(batch, trip)
        return trip.day.isoformat(), leaves.timestamp() if leaves else 0.0, batch.id

    def leaves(self, batch: Batch, trip: Trip) -> datetime | None:
        """When a batch leaves its origin; None by the day."""
        return departure(trip, batch.origin)

    def slot(self, place: str, instant: datetime | None) -> str:
        """The slot of time in which something leaves or comes; empty by the day."""
        if instant is None:
            return ""
        found = self.names.scenario.places.get(place)
        length = found.slots.minutes if found and found.slots else SLOT
        local = self.names.local(instant)
        start = (local.hour * 60 + local.minute) // length * length
        end = start + length
        return f"{start // 60:02}:{start % 60:02}-{end // 60 % 24:02}:{end % 60:02}"

    def site_of(self, ride: Ride) -> str:
        """The employer that the people of a movement line travel to."""
        cohort = self.names.cohorts.get(ride.cohort)
        return (cohort.site or ride.site) if cohort else ride.site

    def seated(self, trip: str) -> tuple[Seated, ...]:
        """Who is on a trip by name; empty where nobody is known."""
        return self.people.on(trip) if self.people else ()


def lines(rows: Iterator[Row]) -> tuple[Line, ...]:
    """Rows of a grid as they are."""
    return tuple(Line(cells=row) for row in rows)
