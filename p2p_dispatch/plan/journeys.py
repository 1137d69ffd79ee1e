"""Who rides which trips one after the other: coaches before and after a service, put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from p2p_dispatch.plan.model import Itinerary
from p2p_dispatch.problem import Load
from p2p_dispatch.solution import Journey

PARTY, NEEDY, OTHER = "party", "needy", "other"


@dataclass(frozen=True, slots=True)
class Seated:
    """Some people on a coach, by the trip's id."""

    trip: str
    load: Load


class _Piece(NamedTuple):
    """People who stay together; ``trip`` is empty where they need no coach."""

    kind: str
    people: int
    trip: str
    drop: int


class _Way(NamedTuple):
    feeder: str
    onward: str
    drop: int


def itineraries_of(
    places: Sequence[str],
    journey: Journey,
    cohort: str,
    site: str,
    service: str,
    feeders: Sequence[Seated],
    onwards: Sequence[Seated],
) -> Iterator[Itinerary]:
    """
    The itineraries of a journey.

    Who of a cohort rides which coach before the service and which one after it is free but for
    parties and for those who need an accessible place: like goes with like, in order.

    Parameters
    ----------
    places
        Ids of all places.
    cohort, site
        Ids of their cohort, and of the site whose posts they fill; empty where they fill none.
    service
        Id of the trip of the service.
    feeders, onwards
        Who rides the coaches before and after it; none where no coach is needed.
    """
    whole = Load(
        cohort=journey.cohort,
        people=journey.people,
        parties=journey.parties,
        accessible=journey.accessible,
        drop=journey.alight,
    )
    before = _pieces(feeders or [Seated("", whole)])
    after = _pieces(onwards or [Seated("", whole)])
    counts = Counter[tuple[_Way, str]]()
    parties: defaultdict[_Way, list[int]] = defaultdict(list)
    for one, other, people in _paired(before, after):
        way = _Way(one.trip, other.trip, other.drop)
        counts[way, one.kind] += people
        if one.kind == PARTY:
            parties[way].append(people)
    for way in dict.fromkeys(way for way, _ in counts):
        hubs = [places[journey.board]] * bool(way.feeder) + [places[journey.alight]] * bool(
            way.onward
        )
        yield Itinerary(
            cohort=cohort,
            count=sum(counts[way, kind] for kind in (PARTY, NEEDY, OTHER)),
            parties=tuple(sorted(parties[way], reverse=True)),
            accessible=counts[way, NEEDY],
            trips=tuple(trip for trip in (way.feeder, service, way.onward) if trip),
            changes=tuple(hubs),
            drop=places[way.drop],
            site=site,
        )


def _pieces(seated: Iterable[Seated]) -> list[_Piece]:
    """Parties one by one, the largest first; then others by trip."""
    pieces = []
    for trip, load in ((each.trip, each.load) for each in seated):
        alone = load.people - sum(load.parties) - load.accessible
        pieces += [_Piece(PARTY, size, trip, load.drop) for size in load.parties]
        pieces += [_Piece(NEEDY, load.accessible, trip, load.drop)] if load.accessible else []
        pieces += [_Piece(OTHER, alone, trip, load.drop)] if alone else []
    return sorted(pieces, key=lambda piece: (piece.kind, -piece.people))


def _paired(before: list[_Piece], after: list[_Piece]) -> Iterator[tuple[_Piece, _Piece, int]]:
    """Like with like, as many as both have left."""
    i = j = 0
    left, room = (each[0].people if each else 0 for each in (before, after))
    while i < len(before) and j < len(after):
        people = min(left, room)
        assert before[i].kind == after[j].kind
        yield before[i], after[j], people
        left, room = left - people, room - people
        if not left:
            i += 1
            left = before[i].people if i < len(before) else 0
        if not room:
            j += 1
            room = after[j].people if j < len(after) else 0
