"""Who of a cohort takes which itinerary, and who is left behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from p2p_dispatch.plan.model import Itinerary, Plan, Unserved
from p2p_dispatch.roster.person import Person, Role

Group = tuple[Person, ...]
"""People who are not parted: a party, or one who travels alone."""


@dataclass(slots=True)
class Part:
    """An itinerary or an unserved part, and who is in it."""

    of: Itinerary | Unserved
    number: int
    """Which itinerary of the plan, from 0; -1 for an unserved part."""
    groups: list[Group] = field(default_factory=list)
    room: int = 0
    """People it still has to get."""
    sizes: list[int] = field(default_factory=list)
    """Parties it still has to get; a party of one travels as those who are in none."""
    needy: int = 0
    """People with a need of an accessible place it still has to get."""

    @property
    def free(self) -> int:
        """Room that no party and nobody in need is counted on for."""
        return self.room - sum(self.sizes) - self.needy

    def take(self, group: Group, *, as_party: bool = False, as_needy: bool = False) -> None:
        """Put a group in."""
        self.groups.append(group)
        self.room -= len(group)
        if as_party:
            self.sizes.remove(len(group))
        if as_needy:
            self.needy -= 1


def parts_of(plan: Plan) -> dict[str, list[Part]]:
    """The parts of every cohort, itineraries first."""
    found: defaultdict[str, list[Part]] = defaultdict(list)
    numbered: list[tuple[int, Itinerary | Unserved]] = [
        *enumerate(plan.itineraries),
        *((-1, unserved) for unserved in plan.unserved),
    ]
    for number, of in numbered:
        found[of.cohort].append(
            Part(
                of,
                number,
                room=of.count,
                sizes=[size for size in of.parties if size > 1],
                needy=of.accessible,
            )
        )
    return dict(found)


def share_out(people: Sequence[Person], parts: Sequence[Part]) -> list[Group]:
    """
    Put the people of a cohort into its parts, and return those for whom there is no room.

    Parties go whole where the plan counts on a party of that size. Whoever signed up first is
    moved before others; of those who are moved, people of one county go together, and those who
    can lead are spread over the itineraries.

    Parameters
    ----------
    people
        Of one cohort, in the order in which they signed up.
    parts
        Its itineraries and unserved parts; filled in place.
    """
    parties, needy, single = _grouped(people)
    over = _take_parties(parties, parts)
    over += _take_needy(needy, parts)
    spare = _take_singles(single, parts)
    # What the plan does not count on goes wherever there is room, parties whole if possible.
    rest = sorted([*over, *spare], key=len, reverse=True)
    left: list[Group] = []
    for group in rest:
        part = next((part for part in parts if part.free >= len(group)), None)
        part = part or next((part for part in parts if part.room >= len(group)), None)
        if part is not None:
            part.take(group)
        elif len(group) > 1:
            for person in group:
                part = next((part for part in parts if part.room > 0), None)
                part.take((person,)) if part else left.append((person,))
        else:
            left.append(group)
    return left


def _grouped(people: Sequence[Person]) -> tuple[list[Group], list[Group], list[Group]]:
    """Parties, the largest first; people who need an accessible place; all others, in order."""
    parties: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.party and not person.accessible:
            parties[person.party].append(person)
    whole: list[Group] = [tuple(party) for party in parties.values() if len(party) > 1]
    inside = {person.id for party in whole for person in party}
    needy: list[Group] = [(person,) for person in people if person.accessible]
    single: list[Group] = [(p,) for p in people if not p.accessible and p.id not in inside]
    return sorted(whole, key=len, reverse=True), needy, single


def _take_parties(parties: list[Group], parts: Sequence[Part]) -> list[Group]:
    over = []
    for party in parties:
        part = next((part for part in parts if len(party) in part.sizes), None)
        if part is None:
            over.append(party)
        else:
            part.take(party, as_party=True)
    return over


def _take_needy(needy: list[Group], parts: Sequence[Part]) -> list[Group]:
    over = []
    for group in needy:
        party = group[0].party
        having = [part for part in parts if part.needy > 0]
        # with their own, where they have any: the plan counts them one by one
        with_them = (
            part for part in having for other in part.groups if party and other[0].party == party
        )
        part = next(with_them, next(iter(having), None))
        if part is None:
            over.append(group)
        else:
            part.take(group, as_needy=True)
    return over


def _take_singles(single: list[Group], parts: Sequence[Part]) -> list[Group]:
    moved = [part for part in parts if part.number >= 0]
    room = sum(max(0, part.free) for part in moved)
    going, staying = single[:room], single[room:]
    leaders = [group for group in going if group[0].role is Role.LEADER]
    going = [group for group in going if group[0].role is not Role.LEADER]
    for group in leaders:
        open_parts = [part for part in moved if part.free > 0]
        min(open_parts, key=lambda part: sum(len(group) for group in part.groups)).take(group)
    going.sort(key=lambda group: (group[0].county, group[0].employer))
    for part in moved:
        while part.free > 0 and going:
            part.take(going.pop(0))
    for part in parts:
        while part.number < 0 and part.free > 0 and staying:
            part.take(staying.pop(0))
    return [*going, *staying]
