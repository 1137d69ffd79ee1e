"""People by name as sheets and pages show them: numbers masked unless somebody says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from p2p_dispatch.report.mask import masked, masked_in
from p2p_dispatch.report.names import Names
from p2p_dispatch.roster import Person, Seated, Seating


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What may be read of one person."""

    id: str
    name: str
    identity: str
    phone: str
    contact: str
    party: str
    note: str


@dataclass(frozen=True)
class People:
    """
    Who sits where, with what may be read of each.

    Attributes
    ----------
    unmasked
        Whether identity and phone numbers stand in full.
    """

    seating: Seating
    unmasked: bool = False

    def show(self, person: Person) -> Shown:
        """What may be read of a person."""
        number, text = (_whole, _whole) if self.unmasked else (masked, masked_in)
        return Shown(
            id=text(person.id),
            name=text(person.name),
            identity=number(person.identity),
            phone=number(person.phone),
            contact=text(person.contact),
            party=text(person.party),
            note=text(person.note),
        )

    def on(self, trip: str) -> tuple[Seated, ...]:
        """Who is on a trip, in order of boarding; empty where nobody is known."""
        manifest = self.seating.by_trip.get(trip)
        return manifest.seated if manifest else ()

    def rows(self, names: Names) -> dict[str, list[list[str]]]:
        """Seat, name, numbers and way of everybody, by trip."""
        return {
            manifest.trip: [list(self._row(names, seated)) for seated in manifest.seated]
            for manifest in self.seating.manifests
        }

    def _row(self, names: Names, seated: Seated) -> Iterator[str]:
        shown = self.show(seated.person)
        yield seated.seat
        yield shown.name
        yield shown.identity
        yield shown.phone
        yield f"{names.place(seated.board)} → {names.place(seated.alight)}"
        yield names.language.said("duty", seated.duty)


def _whole(text: str) -> str:
    return text
