"""
Whether a seating adds up: manifests, stand-bys and those left are the roster, exactly.

It knows nothing of how the seating was made and repeats the counting on purpose. Whether the plan
keeps the rules is for ``check`` to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from p2p_dispatch.plan.model import Plan, Trip
from p2p_dispatch.roster.person import Person, Roster
from p2p_dispatch.roster.seating import Manifest, Seated, Seating
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.fleet import Coach


def check_seating(scenario: Scenario, plan: Plan, roster: Roster, seating: Seating) -> list[str]:
    """
    What does not add up in a seating, a sentence each; nothing, where everything does.

    Parameters
    ----------
    scenario, plan
        What was asked and answered.
    roster
        Everybody who signed up.
    seating
        Who is said to sit where.
    """
    return [
        *_once(roster, seating),
        *_cohorts(scenario, plan, roster, seating),
        *_ways(plan, roster, seating),
        *_stops(plan, roster, seating),
        *_parties(scenario, roster, seating),
        *_vehicles(scenario, plan, seating),
    ]


def _once(roster: Roster, seating: Seating) -> Iterator[str]:
    """Everybody of the roster is in exactly one way on the lists, and nobody else is."""
    riding = {seated.person.id for seated in seating.seated}
    standing = Counter(p.id for manifest in seating.manifests for p in manifest.standby)
    left = Counter(left.person.id for left in seating.left)
    known = {person.id: person for person in roster.people}
    for person in roster.people:
        ways = (person.id in riding) + standing[person.id] + left[person.id]
        if ways != 1:
            where = "on no list" if not ways else f"on {ways} lists"
            yield f"{person.id} is {where}"
    for name in sorted({*riding, *standing, *left} - known.keys()):
        yield f"{name} is on a list and not on the roster"
    everybody = [seated.person for seated in seating.seated]
    everybody += [left.person for left in seating.left]
    for person in everybody:
        if person.id in known and person != known[person.id]:
            yield f"{person.id} is somebody else on the roster"


def _cohorts(scenario: Scenario, plan: Plan, roster: Roster, seating: Seating) -> Iterator[str]:
    """Moved and left are what the plan says, by cohort."""
    moved, left = Counter[str](), Counter[str]()
    for person in {seated.person.id: seated.person for seated in seating.seated}.values():
        if person.role.rides:
            moved[person.cohort] += 1
    for each in seating.left:
        if each.person.role.rides:
            left[each.person.cohort] += 1
    wanted_moved, wanted_left = Counter[str](), Counter[str]()
    for itinerary in plan.itineraries:
        wanted_moved[itinerary.cohort] += itinerary.count
    for unserved in plan.unserved:
        wanted_left[unserved.cohort] += unserved.count
    counts = {cohort.id: cohort.count for cohort in scenario.cohorts}
    for name in sorted({*counts, *roster.by_cohort}):
        have = len(roster.by_cohort.get(name, ()))
        if have != counts.get(name, 0):
            yield f"cohort {name} has {have} people on the roster, {counts.get(name, 0)} planned"
        elif (moved[name], left[name]) != (wanted_moved[name], wanted_left[name]):
            yield (
                f"of cohort {name} {moved[name]} are seated and {left[name]} left, "
                f"{wanted_moved[name]} and {wanted_left[name]} in the plan"
            )


def _ways(plan: Plan, roster: Roster, seating: Seating) -> Iterator[str]:
    """Everybody's trips are one whole itinerary, and no itinerary has too many."""
    legs: defaultdict[str, list[Seated]] = defaultdict(list)
    for seated in seating.seated:
        if seated.person.role.rides:
            legs[seated.person.id].append(seated)
    room = Counter[tuple[str, ...]]()
    for itinerary in plan.itineraries:
        room[itinerary.cohort, *itinerary.trips] += itinerary.count
    for name, some in legs.items():
        some.sort(key=lambda seated: seated.leg)
        if [seated.leg for seated in some] != list(range(1, len(some) + 1)):
            yield f"{name} rides legs {', '.join(str(seated.leg) for seated in some)}"
        if [seated.last for seated in some] != [*[False] * (len(some) - 1), True]:
            yield f"of {name} it is not the last trip, and it alone, that is said to be the last"
        for one, other in pairwise(some):
            if one.alight != other.board:
                yield f"{name} gets off at {one.alight} and goes on from {other.board}"
        room[some[0].person.cohort, *(seated.trip for seated in some)] -= 1
    for (cohort, *trips), left in room.items():
        if left < 0:
            words = f"{-left} more people of {cohort} ride {' and '.join(trips)} than the plan has"
            yield words


def _stops(plan: Plan, roster: Roster, seating: Seating) -> Iterator[str]:
    """At every stop those get on and off who do so in the plan."""
    trips = [trip.id for trip in plan.trips]
    if sorted(manifest.trip for manifest in seating.manifests) != sorted(trips):
        yield "the manifests are not those of the trips of the plan, one each"
    planned, there = Counter[tuple[str, str, str, str]](), Counter[tuple[str, str, str, str]]()
    for trip in plan.trips:
        for stop in trip.stops:
            for riders in stop.board:
                planned[trip.id, riders.cohort, stop.place, "get on"] += riders.count
            for riders in stop.alight:
                planned[trip.id, riders.cohort, stop.place, "get off"] += riders.count
    for manifest in seating.manifests:
        for seated in manifest.seated:
            if seated.trip != manifest.trip:
                yield f"{seated.person.id} is on the list of {manifest.trip}, rides {seated.trip}"
            if seated.person.role.rides:
                cohort = seated.person.cohort
                there[seated.trip, cohort, seated.board, "get on"] += 1
                there[seated.trip, cohort, seated.alight, "get off"] += 1
    whole = Counter[str]()
    for itinerary in plan.itineraries:
        whole[itinerary.cohort] += itinerary.count
    for unserved in plan.unserved:
        whole[unserved.cohort] += unserved.count
    for key in sorted({*planned, *there}):
        trip_id, cohort, place, verb = key
        short = len(roster.by_cohort.get(cohort, ())) < whole[cohort]
        if there[key] > planned[key] or (there[key] < planned[key] and not short):
            yield f"{trip_id}: {there[key]} of {cohort} {verb} at {place}, {planned[key]} planned"


def _parties(scenario: Scenario, roster: Roster, seating: Seating) -> Iterator[str]:
    """Parties ride the same trips from stop to stop, or stay together."""
    ways: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for seated in seating.seated:
        ways[seated.person.id].append((seated.trip, seated.board, seated.alight))
    wanted = {
        cohort.id: Counter(size for size in cohort.parties if size > 1)
        for cohort in scenario.cohorts
    }
    for cohort, people in roster.by_cohort.items():
        parties: defaultdict[str, list[Person]] = defaultdict(list)
        for person in people:
            if person.party and not person.accessible:
                parties[person.party].append(person)
        sizes = Counter(len(party) for party in parties.values() if len(party) > 1)
        if sizes != wanted.get(cohort, sizes):
            yield f"cohort {cohort} has other parties on the roster than in the scenario"
            continue
        for name, party in parties.items():
            if len({tuple(sorted(ways[person.id])) for person in party}) > 1:
                yield f"party {name} of cohort {cohort} is parted"


def _vehicles(scenario: Scenario, plan: Plan, seating: Seating) -> Iterator[str]:
    """No seat is taken twice at a time or kept free by a rule; staff and leaders are named."""
    trips = {trip.id: trip for trip in plan.trips}
    for manifest in seating.manifests:
        trip = trips.get(manifest.trip)
        if trip is not None:
            yield from _taken_twice(trip, manifest)
            yield from _staff(trip, manifest)
            yield from _led(trip, manifest)
            yield from _rows(scenario, trip, manifest)


def _spans(trip: Trip, manifest: Manifest) -> Iterator[tuple[str, int, int, str]]:
    """Who has which seat from which stop to which."""
    at = {stop.place: i for i, stop in enumerate(trip.stops) if stop.board or stop.alight}
    for seated in manifest.seated:
        start, end = at.get(seated.board, -1), at.get(seated.alight, -1)
        yield seated.seat, start, end, seated.person.id
    for seat in manifest.open_staff:
        yield seat.seat, 0, len(trip.stops), f"staff ({seat.role})"


def _taken_twice(trip: Trip, manifest: Manifest) -> Iterator[str]:
    spans: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for seat, start, end, who in _spans(trip, manifest):
        if not 0 <= start < end:
            yield f"{trip.id}: {who} does not ride from one stop to a later one"
        spans[seat].append((start, end, who))
    for seat, some in spans.items():
        some.sort()
        for (_, end, who), (start, _, other) in pairwise(some):
            if start < end:
                yield f"{trip.id}: {who} and {other} both have seat {seat}"


def _staff(trip: Trip, manifest: Manifest) -> Iterator[str]:
    have = Counter(seated.duty for seated in manifest.seated if not seated.person.role.rides)
    have.update(seat.role for seat in manifest.open_staff)
    if +have != +Counter(trip.staff):
        yield f"{trip.id}: staff {dict(have)}, in the plan {trip.staff}"


def _led(trip: Trip, manifest: Manifest) -> Iterator[str]:
    if trip.staff.get("escort", 0) > 0:
        return
    duties: defaultdict[str, list[str]] = defaultdict(list)
    for seated in manifest.seated:
        if seated.person.role.rides:
            duties[seated.seat.rpartition("-")[0]].append(seated.duty)
    for car, some in duties.items():
        wanted = ["deputy", "leader"][-min(2, len(some)) :]
        if sorted(filter(None, some)) != wanted:
            where = f"carriage {car}" if car else "the vehicle"
            yield f"{trip.id}: {where} has {' and '.join(sorted(filter(None, some))) or 'nobody'}"


def _rows(scenario: Scenario, trip: Trip, manifest: Manifest) -> Iterator[str]:
    """
    On a coach whose rows are known, rows that a rule reserves are empty, and so is every other
    seat of a block where it seats one per pair; unless two rules are kept alone and not together.
    """
    unit_type = next((kind for kind in scenario.coaches if kind.id == trip.unit_type), None)
    if not isinstance(unit_type, Coach) or not unit_type.layout:
        return
    force = [
        rule
        for rule in scenario.rules.seats
        if rule.holds_on(trip.day) and (rule.modes is None or "coach" in rule.modes)
    ]
    rows = [row.blocks for row in unit_type.layout for _ in range(row.rows)]
    kept = len(rows) - max((rule.reserved_rows for rule in force), default=0)
    pairs = any(rule.one_per_pair for rule in force)
    open_to_all = sum(
        (block + 1) // 2 if pairs else block for blocks in rows[: max(0, kept)] for block in blocks
    )
    if open_to_all < trip.allowed:
        return
    blocks_of = {
        f"{number}{letter}": (number, block)
        for number, blocks in enumerate(rows, start=1)
        for letter, block in zip(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            (i for i, size in enumerate(blocks) for _ in range(size)),
            strict=False,
        )
    }
    beside = {
        seat: [other for other in blocks_of if other != seat and _adjacent(seat, other, blocks_of)]
        for seat in blocks_of
    }
    spans = list(_spans(trip, manifest))
    for seat, start, end, who in spans:
        if seat not in blocks_of:
            yield f"{trip.id}: {who} has seat {seat}, which is not there"
        elif blocks_of[seat][0] > kept:
            yield f"{trip.id}: {who} has seat {seat} in a row that stays empty"
        elif pairs:
            for other, begin, finish, neighbour in spans:
                if other in beside[seat] and begin < end and start < finish and seat < other:
                    yield f"{trip.id}: {who} and {neighbour} sit side by side"


def _adjacent(one: str, other: str, blocks_of: dict[str, tuple[int, int]]) -> bool:
    return blocks_of[one] == blocks_of[other] and abs(ord(one[-1]) - ord(other[-1])) == 1
