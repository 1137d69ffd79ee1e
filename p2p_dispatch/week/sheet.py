"""The sheet of a morning: what to order now, what to release today, what to hold until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

from p2p_dispatch.plan.model import Trip
from p2p_dispatch.plan.rides import first_boarding, rides
from p2p_dispatch.report.batches import destinations
from p2p_dispatch.week.choice import last_day
from p2p_dispatch.week.desk import Desk
from p2p_dispatch.week.forecast import Forecast
from p2p_dispatch.week.morning import Morning
from p2p_dispatch.week.rules import Rule


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class SheetTrip(_Part):
    """A trip to release or to order."""

    id: str
    day: date
    leaves: AwareDatetime | None
    """From its first stop; none by the day."""
    origins: str
    to: str
    people: int
    """Who have signed up; others may still take the seats left."""
    seats: int
    """Seats for passengers that the rules allow."""
    pool: str
    unit_type: str
    drivers: int


class Held(_Part):
    """People who wait."""

    origin: str
    site: str
    people: int
    until: date | None
    """Day on which they leave as things stand; none: no plan was made for them."""
    latest: date
    """Last day on which they can leave, by the rule and by being due."""


class Sheet(_Part):
    """A morning."""

    today: date
    as_of: AwareDatetime
    rule: str
    known: int
    """People who have signed up and had not left before."""
    expected: float
    """People expected to sign up tomorrow."""
    release: tuple[SheetTrip, ...]
    """Trips that leave today."""
    order: tuple[SheetTrip, ...]
    """Trips that leave later and need notice: order them now."""
    hold: tuple[Held, ...]
    findings: int
    """What ``check`` found in the plans of the morning."""


def sheet_of(desk: Desk, morning: Morning, rule: Rule, forecast: Forecast) -> Sheet:
    """The sheet of a morning whose decision stands on the desk."""
    season, today = desk.season, morning.today
    trips = [_trip(desk, trip) for trip in morning.plan.trips if trip.id in desk.standing]
    release = tuple(trip for trip in trips if trip.day == today)
    order = tuple(trip for trip in trips if trip.id in morning.ordered and trip.day > today)
    hold = tuple(_held(desk, morning, rule))
    told = sum(trip.people for trip in {trip.id: trip for trip in (*release, *order)}.values())
    tomorrow = today + timedelta(days=1)
    return Sheet(
        today=today,
        as_of=desk.as_of(today).replace(tzinfo=season.zone),
        rule=rule.name,
        known=told + sum(held.people for held in hold),
        expected=sum(rate.per_day for rate in forecast.on(tomorrow)),
        release=release,
        order=order,
        hold=hold,
        findings=morning.findings,
    )


def _trip(desk: Desk, trip: Trip) -> SheetTrip:
    scenario, riders = desk.season, desk.standing[trip.id].trip.riders
    first = first_boarding(trip)
    types = {unit_type.id: unit_type.label for unit_type in scenario.unit_types}
    return SheetTrip(
        id=trip.id,
        day=trip.day,
        leaves=first.depart if first else None,
        origins=destinations(scenario, (stop.place for stop in trip.stops if stop.board)),
        to=destinations(scenario, (stop.place for stop in trip.stops if stop.alight)),
        people=sum(some.count for some in riders),
        seats=trip.allowed - sum(trip.staff.values()),
        pool=trip.pool,
        unit_type=types[trip.unit_type],
        drivers=trip.drivers,
    )


def _held(desk: Desk, morning: Morning, rule: Rule) -> Iterator[Held]:
    """Who waits, by origin, site and days; the longest wait last."""
    planned: dict[str, Counter[tuple[date, int]]] = {}
    for ride in rides(morning.plan):
        nights = (ride.alight.arrive.date() - ride.trip.day).days if ride.alight.arrive else 0
        planned.setdefault(ride.cohort, Counter())[ride.trip.day, nights] += ride.people
    groups: Counter[tuple[str, str, date, date]] = Counter()
    for cohort in desk.known(morning.today):
        left, signed = cohort.count, desk.cohorts[cohort.id]
        for (day, nights), people in sorted(planned.get(cohort.id, Counter()).items()):
            some = min(left, people)
            if day > morning.today and some:
                latest = max(last_day(signed, rule, nights), day)
                groups[cohort.origin, cohort.site or "", day, latest] += some
                left -= some
        if left:
            latest = last_day(signed, rule, 0)
            groups[cohort.origin, cohort.site or "", date.max, latest] += left
    for (origin, site, day, latest), people in sorted(
        groups.items(), key=lambda group: (group[0][2:], group[0])
    ):
        until = None if day == date.max else day
        yield Held(origin=origin, site=site, people=people, until=until, latest=latest)
