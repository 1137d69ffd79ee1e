"""What assembly points, employers and authorities are sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from p2p_dispatch.plan.model import Batch
from p2p_dispatch.plan.rides import Ride, rides
from p2p_dispatch.report.provinces import province_of
from p2p_dispatch.report.sheets.desk import BLANK, Desk
from p2p_dispatch.report.sheets.document import (
    Block,
    Boxes,
    Column,
    Document,
    Facts,
    Grid,
    Line,
    Row,
    Signature,
)
from p2p_dispatch.report.words import money
from p2p_dispatch.roster import Seated
from p2p_dispatch.scenario.places import Origin, Site
from p2p_dispatch.scenario.planning import ByClock

CALLED_TOGETHER = 10
"""People who are called at the same time, so that nobody queues. ASSUMPTION: no rule was found."""

CALL_EVERY = 5
"""Minutes between two groups of a batch. ASSUMPTION, likewise."""

CALLING = 2 / 3
"""Part of the time between the call and boarding in which all are called: in the rest the last
group is checked. ASSUMPTION, likewise."""

FOLLOW_UPS = (1, 7, 14, 30)
"""Days after arrival on which somebody asks how people are. ASSUMPTION: no rule was found."""


def calls(desk: Desk) -> Iterator[Document]:
    """The call sheet of each origin: its batches, group by group, as they are called."""
    names = desk.names
    columns = (
        desk.column("day", 16),
        desk.column("call", 8),
        desk.column("slot", 12),
        desk.column("departs", 8),
        desk.column("batch", 22),
        desk.column("people", 8, right=True),
        desk.column("vehicle", 17),
        desk.column("to", 32),
        desk.column("checked", 10),
        desk.column("on_board", 10),
    )
    by_origin: dict[str, list[Line]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    for batch, trip in desk.batches:
        leaves = desk.leaves(batch, trip)
        by_origin[batch.origin].append(
            Line(
                cells=(
                    names.day(trip.day),
                    names.clock(batch.call),
                    desk.slot(batch.origin, leaves),
                    names.clock(leaves),
                    batch.id,
                    batch.people,
                    desk.vehicle(trip),
                    names.goals(trip),
                    BOXES,
                    BOXES,
                )
            )
        )
        by_origin[batch.origin] += _called(desk, batch, trip.id)
        people[batch.origin] += batch.people
    for origin in names.scenario.origins:
        if origin.id in by_origin:
            facts = (
                (desk("people"), people[origin.id]),
                (desk("contact.origin"), desk.contact(origin.id)),
            )
            yield Document(
                title=desk("calls_of", origin=_with(origin.label, origin.region)),
                blocks=(
                    Facts(pairs=facts),
                    Grid(columns=columns, lines=tuple(by_origin[origin.id])),
                ),
            )


BOXES = "☐"


def _called(desk: Desk, batch: Batch, trip: str) -> Iterator[Line]:
    """The groups of a batch as they are called: by name where there is a roster."""
    if desk.people is None:
        groups = call_groups([1] * batch.people)
        times = call_times(desk, batch, len(groups))
        if len(groups) < 2 or not times:
            return
        for group, call in zip(groups, times, strict=True):
            words = desk("numbers", first=group.start + 1, last=group.stop)
            cells = (None, call, None, None, words, len(group), None, None, BOXES, BOXES)
            yield Line(cells=cells)
        return
    parties = _parties(_boarding(desk, batch.origin, trip))
    groups = call_groups([len(party) for party in parties])
    times = call_times(desk, batch, len(groups))
    for group, call in zip(groups, times or [""] * len(groups), strict=True):
        for seated in (one for party in parties[group.start : group.stop] for one in party):
            shown = desk.people.show(seated.person)
            yield Line(
                cells=(None, call or None, None, None, shown.name, seated.seat, shown.phone,
                       shown.contact, BOXES, BOXES)
            )  # fmt: skip


def _boarding(desk: Desk, origin: str, trip: str) -> Iterator[Seated]:
    """Who of a trip comes to an origin."""
    for seated in desk.seated(trip):
        starts = seated.person.origin if seated.leg == 1 else ""
        if origin in (seated.board, starts) and (not starts or starts == origin):
            yield seated


def _parties(people: Iterator[Seated]) -> list[list[Seated]]:
    """People who are called together, in the order of the first of them."""
    parties: dict[str, list[Seated]] = {}
    for seated in people:
        party = seated.person.party
        parties.setdefault(f"party {party}" if party else seated.person.id, []).append(seated)
    return list(parties.values())


def call_groups(sizes: Sequence[int]) -> list[range]:
    """
    Who is called at the same time: runs of parties, each of up to :data:`CALLED_TOGETHER` people.

    Parameters
    ----------
    sizes
        People of each party, in the order in which they are called. A party that is larger is
        called at once all the same.
    """
    groups: list[range] = []
    start = people = 0
    for at, size in enumerate(sizes):
        if people and people + size > CALLED_TOGETHER:
            groups.append(range(start, at))
            start, people = at, 0
        people += size
    return [*groups, range(start, len(sizes))] if people else groups


def call_times(desk: Desk, batch: Batch, groups: int) -> list[str]:
    """When each group of a batch is called; none by the day."""
    planning = desk.names.scenario.planning
    if batch.call is None or not isinstance(planning, ByClock):
        return []
    room = planning.call_minutes * CALLING
    step = min(CALL_EVERY, room / max(1, groups - 1))
    call = batch.call
    return [desk.names.clock(call + timedelta(minutes=int(step * i))) for i in range(groups)]


def _with(label: str, more: str) -> str:
    return f"{label}, {more}" if more else label


def arrivals(desk: Desk) -> Iterator[Document]:
    """For each employer: who comes when, who asks after them, and what can be claimed."""
    last = defaultdict[str, list[Ride]](list)
    for ride in rides(desk.names.plan):
        if ride.last:
            last[desk.site_of(ride)].append(ride)
    seated = defaultdict[str, list[Seated]](list)
    for one in desk.people.seating.seated if desk.people else ():
        if one.last and one.person.role.rides:
            seated[one.site or one.person.site].append(one)
    for site in desk.names.scenario.sites:
        if last[site.id]:
            yield _arrival(desk, site, last[site.id], seated[site.id])


def _arrival(desk: Desk, site: Site, coming: list[Ride], seated: list[Seated]) -> Document:
    names = desk.names
    coming.sort(key=lambda ride: (names.moment(ride.alight.arrive), ride.trip.day, ride.trip.id))
    columns = (
        desk.column("day", 16),
        desk.column("arrives", 13),
        desk.column("trip", 20),
        desk.column("vehicle", 16),
        desk.column("origin", 22),
        desk.column("handed_over_at", 24),
        desk.column("people", 8, right=True),
        desk.column("come", 9),
        desk.column("remarks", 14),
    )
    lines = [
        Line(
            cells=(
                names.day(ride.trip.day),
                names.moment(ride.alight.arrive),
                ride.trip.id,
                names.vehicle(ride.trip),
                _origin(desk, ride),
                names.place(ride.alight.place),
                ride.people,
                None,
                _lent_by(desk, ride, site),
            )
        )
        for ride in coming
    ]
    people = sum(ride.people for ride in coming)
    lines.append(Line(cells=(desk("sum"), *[None] * 5, people, None, None), kind="sum"))
    facts = ((desk("people"), people), (desk("contact.employer"), desk.contact(site.id)))
    blocks: list[Block] = [
        Facts(pairs=facts),
        Grid(columns=columns, lines=tuple(lines)),
        Grid(title=desk("follow_up"), columns=_follow_columns(desk),
             lines=tuple(_follow_ups(desk, coming, seated))),
        *_claims(desk, site, coming, seated),
        Boxes(title=desk("protection"), items=(desk("unification.follow_up"),
              desk("unification.protection")), name=desk("owner")),
        Signature(title=desk("taken_over", site=site.label, people=people),
                  lines=(f"{desk('signed_by')} {BLANK}   {desk('signature')} {BLANK}",)),
    ]  # fmt: skip
    title = desk("arrivals_of", site=_with(site.label, site.city))
    return Document(title=title, blocks=tuple(blocks))


def _lent_by(desk: Desk, ride: Ride, site: Site) -> str | None:
    """Whose people come, where another employer lends them."""
    cohort = desk.names.cohorts.get(ride.cohort)
    if cohort is None or cohort.lent_by in (None, site.id):
        return None
    return desk("lent_by", site=desk.names.place(cohort.lent_by or ""))


def _origin(desk: Desk, ride: Ride) -> str:
    cohort = desk.names.cohorts.get(ride.cohort)
    return desk.names.place(cohort.origin) if cohort else ""


def _follow_columns(desk: Desk) -> tuple[Column, ...]:
    return (
        desk.column("cohort", 16),
        desk.column("arrives", 13),
        desk.column("name", 20),
        desk.column("phone", 16),
        *(
            Column(heading=desk("after_days", days=days), width=width)
            for days, width in zip(FOLLOW_UPS, (22, 24, 8, 9), strict=True)
        ),
        desk.column("remarks", 14),
    )


def _follow_ups(desk: Desk, coming: list[Ride], seated: list[Seated]) -> Iterator[Line]:
    names = desk.names
    if desk.people is None:
        for ride in coming:
            name = desk("n_people", people=ride.people)
            arrives = names.moment(ride.alight.arrive)
            yield Line(cells=(ride.cohort, arrives, name, None, *[BOXES] * 4, None))
        return
    arrive = {
        (ride.trip.id, ride.alight.place): names.moment(ride.alight.arrive) for ride in coming
    }
    for one in seated:
        shown = desk.people.show(one.person)
        arrives = arrive.get((one.trip, one.alight), "")
        cells = (one.person.cohort, arrives, shown.name, shown.phone, *[BOXES] * 4, None)
        yield Line(cells=cells)


def _claims(desk: Desk, site: Site, coming: list[Ride], seated: list[Seated]) -> Iterator[Grid]:
    """What can be claimed for people brought here, by class; nothing where nothing can."""
    names, people = desk.names, defaultdict[str, int](int)
    for ride in coming:
        cohort = names.cohorts.get(ride.cohort)
        people[(cohort.priority or "") if cohort else ""] += ride.people
    of_class = {priority.id: priority.subsidy for priority in names.scenario.priorities}
    each = {name: site.subsidy_for(name) + of_class.get(name, 0.0) for name in people}
    if not any(each.values()):
        return
    currency = names.plan.currency
    lines: list[Line] = []
    for name, count in people.items():
        word = names.priority(name) or names.language("others")
        amounts = money(each[name], currency), money(each[name] * count, currency)
        lines.append(Line(cells=(word, count, None, None, *amounts, None, None, None), kind="sum"))
        for one in seated if desk.people else ():
            cohort = names.cohorts.get(one.person.cohort)
            if ((cohort.priority or "") if cohort else "") == name:
                shown = desk.people.show(one.person) if desk.people else None
                assert shown is not None
                cells = (None, None, shown.name, shown.identity, amounts[0], *[None] * 4)
                lines.append(Line(cells=cells))
    whole = sum(each[name] * count for name, count in people.items())
    head: Row = (desk("sum"), sum(people.values()), None, None, None)
    lines.append(Line(cells=(*head, money(whole, currency), *[None] * 3), kind="sum"))
    yield Grid(
        title=desk("claims"),
        columns=(
            desk.column("class", 16),
            desk.column("people", 13),
            desk.column("name", 20),
            desk.column("identity", 16),
            desk.column("each", 22, right=True),
            desk.column("amount", 24, right=True),
            Column(heading="", width=8),
            desk.column("claimed_on", 9),
            desk.column("remarks", 14),
        ),
        lines=tuple(lines),
    )


def notices(desk: Desk) -> Iterator[Document]:
    """
    For each province that people come to: how many, when, where, from where, to which employer.

    City by city; a city whose province nobody knows has a notice of its own.
    """
    names = desk.names
    provinces = defaultdict[str, defaultdict[str, list[Ride]]](lambda: defaultdict(list))
    sites = {site.id: site for site in names.scenario.sites}
    for ride in rides(names.plan):
        site = sites.get(desk.site_of(ride))
        if ride.last and site is not None:
            city = site.city or site.label
            provinces[province_of(site) or city][city].append(ride)
    for province, cities in sorted(provinces.items()):
        lines, whole = [], 0
        for city, coming in sorted(cities.items()):
            people = sum(ride.people for ride in coming)
            words = f"{city}   {desk('n_people', people=people)}"
            if city != province:
                words += f"   {desk('contact.authority')} {desk.contact(city)}"
            lines += [Line(cells=(words,), kind="head"), *_coming(desk, coming)]
            whole += people
        lines.append(Line(cells=(desk("sum"), *[None] * 4, whole, None), kind="sum"))
        contact = desk.contact(province)
        yield Document(
            title=desk("notice_to", place=province),
            blocks=(
                Facts(pairs=((desk("people"), whole), (desk("contact.authority"), contact))),
                Grid(columns=_notice_columns(desk), lines=tuple(lines)),
                Signature(title=desk("received"),
                          lines=(f"{desk('signed_by')} {BLANK}   {desk('signature')} {BLANK}",)),
            ),
        )  # fmt: skip


def _notice_columns(desk: Desk) -> tuple[Column, ...]:
    return (
        desk.column("day", 16),
        desk.column("arrives", 13),
        desk.column("handed_over_at", 30),
        desk.column("site", 30),
        desk.column("region", 26),
        desk.column("people", 8, right=True),
        desk.column("vehicle", 18),
    )


def _coming(desk: Desk, coming: list[Ride]) -> Iterator[Line]:
    """People who come to a city, in order of arrival; those of one region on a trip together."""
    names, merged = desk.names, defaultdict[tuple[str, ...], int](int)
    for ride in coming:
        cohort = names.cohorts.get(ride.cohort)
        origin = names.scenario.places.get(cohort.origin) if cohort else None
        key = (
            names.day(ride.trip.day),
            names.moment(ride.alight.arrive),
            names.place(ride.alight.place),
            names.place(desk.site_of(ride)),
            _region(origin) if isinstance(origin, Origin) else "",
            desk.vehicle(ride.trip),
        )
        merged[key] += ride.people
    ordered = sorted(merged.items(), key=lambda pair: (pair[0][1], pair[0]))
    for (*where, vehicle), people in ordered:
        yield Line(cells=(*where, people, vehicle))


def _region(origin: Origin) -> str:
    """Where people are from, for authorities of another province."""
    region, province = origin.region or origin.label, province_of(origin)
    return region if region.startswith(province) else f"{province} {region}"
