"""Who sits where: a list for every trip of a plan, and who is left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from p2p_dispatch.roster.person import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """One person on one trip."""

    person: Person

    trip: str
    """Id of the trip."""

    seat: str
    """Its label. ``7C``: row 7 from the front, letters from the left window on. ``03-7C``: the
    same in carriage 3. ``17``: the seventeenth seat, where nobody said how the rows are."""

    board: str
    """Place where they get on."""

    alight: str
    """Place where they get off."""

    leg: int = 1
    """Which trip of their way this is, from 1."""

    last: bool = True
    """Whether it is the last one, after which they are handed over."""

    site: str = ""
    """The site they are brought to at the end; where their job was open, the one found."""

    duty: str = ""
    """What they are on board for: ``leader`` and ``deputy`` of the vehicle, or the role of staff
    (``escort``, ``medic``); empty for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSeat:
    """A seat kept for staff whom the roster does not name."""

    role: str
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Who is on one trip."""

    trip: str
    """Id of the trip."""

    seated: tuple[Seated, ...]
    """In the order in which they get on; within a stop by seat."""

    open_staff: tuple[OpenSeat, ...] = ()
    """Seats of staff still without a name."""

    standby: tuple[Person, ...] = ()
    """Who is asked first when somebody does not come; they have no seat of their own."""

    @property
    def leaders(self) -> tuple[Seated, ...]:
        """Who is answerable on board: the escort where there is one, or leader and deputy."""
        return tuple(seated for seated in self.seated if seated.duty in LEADING)


LEADING = ("escort", "leader", "deputy")
"""Duties of those who are answerable on board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One person who is on no trip."""

    person: Person

    reason: str
    """Id of the rule that blocks them, as the plan says; of those whom the plan does not count
    ``standby``, ``staff`` or ``roster``."""

    words: str
    """The same as a sentence."""


@dataclass(frozen=True)
class Seating:
    """Everybody of a roster: on the trips of a plan, standing by, or left behind."""

    manifests: tuple[Manifest, ...]
    """One for every trip, in the order of the plan, also where nobody is on it."""

    left: tuple[Left, ...] = ()

    @cached_property
    def by_trip(self) -> Mapping[str, Manifest]:
        """The manifests by trip id."""
        return {manifest.trip: manifest for manifest in self.manifests}

    @property
    def seated(self) -> Iterator[Seated]:
        """Everybody on every trip; who changes is here once for each trip."""
        for manifest in self.manifests:
            yield from manifest.seated
