"""From names, dates and percentages to indices, minutes, metres and cents."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from p2p_dispatch.problem.basics import NO_LIMIT, NO_ROAD, Ints
from p2p_dispatch.problem.calendar import PAD_DAYS, Calendar
from p2p_dispatch.problem.choice import Load, TripChoice
from p2p_dispatch.problem.crew import Crew, Shift
from p2p_dispatch.problem.jobs import Jobs
from p2p_dispatch.problem.problem import Frozen, Problem
from p2p_dispatch.problem.services import services_of
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.crew import CrewLimits
from p2p_dispatch.scenario.people import Cohort, Priority
from p2p_dispatch.scenario.places import Origin, Place, Risk, Site
from p2p_dispatch.scenario.planning import ByClock, ByDay
from p2p_dispatch.scenario.seats import allowed_seats
from p2p_dispatch.travel import Travel


def build(scenario: Scenario, travel: Travel) -> Problem:
    """
    The problem of a scenario.

    Its cohorts are those that are bound for a site, numbered as in ``scenario.placed``; people
    whose job is open are in ``jobs``, numbered as in ``scenario.seeking``. Types are numbered as
    in ``scenario.coaches``.

    Parameters
    ----------
    scenario
        A scenario without faults.
    travel
        Roads between all its places, in any order.
    """
    calendar = Calendar(scenario)
    coaches = scenario.coaches
    number = {place: i for i, place in enumerate(scenario.places)}
    places = list(scenario.places.values())
    types = {unit_type.id: i for i, unit_type in enumerate(coaches)}
    stop = scenario.planning.stop_minutes
    metres, seconds = _roads(scenario, travel)
    opens, shuts = _hours(places, calendar, stop)
    by_day, by_clock = _ways_of_planning(scenario)
    return Problem(
        people_first=scenario.objective == "people-first",
        by_day=scenario.by_day,
        pad=PAD_DAYS,
        n_days=len(scenario.dates),
        midnights=calendar.midnights,
        metres=metres,
        seconds=seconds,
        minutes=np.where(seconds == NO_ROAD, NO_ROAD, -(-seconds // 60)),
        opens=opens,
        shuts=shuts,
        risk=_table(places, calendar, lambda place, day: place.risk_on(day).rank),
        medical=_table(places, calendar, _medical),
        intake=_table(places, calendar, _intake),
        **_cohorts(scenario, calendar),
        class_share=np.array([p.least_share for p in scenario.priorities], dtype=np.float64),
        origin_share=scenario.rules.priority.least_share,
        payer_ceiling=_ints(_cents_or_none(payer.ceiling) for payer in scenario.payers),
        ceiling=_cents_or_none(scenario.rules.budget.ceiling),
        city=_cities(places),
        slot_minutes=_ints(p.slots.minutes if p.slots else 1440 for p in places),
        slot_trips=_ints(p.slots.trips if p.slots else NO_LIMIT for p in places),
        unit_type=_ints(types[pool.unit_type] for pool in scenario.pools),
        depot=_ints(number[pool.depot] for pool in scenario.pools),
        units=_ints([[pool.units_on(day) for day in calendar.days] for pool in scenario.pools]),
        serves=_serves(scenario, places),
        per_day=_ints(_cents(t.per_day) for t in coaches),
        per_km=_ints(_cents(t.per_km) for t in coaches),
        **_seats(scenario, calendar),
        minimum_load=_ints(t.minimum_load for t in coaches),
        places=_ints(t.accessible for t in coaches),
        bags=_ints(NO_LIMIT if t.luggage is None else t.luggage for t in coaches),
        earliest=_ints(
            calendar.minute(scenario.as_of) + math.ceil(t.notice_hours * 60) for t in coaches
        ),
        stay_from=_rank(scenario.rules.risk.stay_from),
        shut_from=_rank(scenario.rules.risk.shut_from),
        apart=scenario.rules.risk.apart,
        frozen=_frozen(scenario, number, calendar),
        driver_day=_cents(scenario.prices.driver_day),
        waiting_day=_cents(scenario.prices.waiting_day),
        stop_minutes=stop,
        turnaround=by_clock.turnaround_minutes,
        depart_every=by_clock.depart_every_minutes,
        most_pickups=scenario.rules.stops.most_pickups,
        most_drops=scenario.rules.stops.most_drops,
        detour_factor=scenario.rules.stops.detour_factor,
        detour_metres=math.floor(scenario.rules.stops.detour_km * 1000),
        longest_ride=math.floor(scenario.rules.stops.longest_ride_hours * 60),
        crew=_crew(scenario.rules.crew, calendar),
        two_days_past=_scaled(by_day.two_days_past_km, 1000),
        second_driver_past=_scaled(by_day.second_driver_past_hours, 3600),
        coach_to_coach=scenario.rules.transfer.coach_to_coach,
        services=services_of(scenario) if scenario.services else None,
        jobs=_jobs(scenario, calendar) if scenario.seeking else None,
    )


def _cohorts(scenario: Scenario, calendar: Calendar) -> dict[str, Any]:
    """The columns of ``Problem`` for the cohorts that are bound for a site."""
    cohorts, sites = scenario.placed, {site.id: site for site in scenario.sites}
    pairs = [(cohort, sites[cohort.site or ""]) for cohort in cohorts]
    return _own_columns(scenario, calendar, cohorts) | _site_columns(scenario, pairs)


def _own_columns(
    scenario: Scenario, calendar: Calendar, cohorts: Sequence[Cohort]
) -> dict[str, Any]:
    """Those columns that do not depend on where people are bound for."""
    number = {place: i for i, place in enumerate(scenario.places)}
    classes = {p.id: p for p in scenario.priorities}
    return {
        "origin": _ints(number[c.origin] for c in cohorts),
        "people": _ints(c.count for c in cohorts),
        "ready": _ints(
            calendar.minute(day_of(c.ready) if scenario.by_day else c.ready) for c in cohorts
        ),
        "due": _ints(
            calendar.minute(day_of(c.due)) if scenario.by_day else calendar.end(c.due)
            for c in cohorts
        ),
        "latest": _ints(_latest(c, scenario, calendar) for c in cohorts),
        "late_day": _ints(
            _cents(_of_class(classes, c, "late_day", scenario.prices.late_day)) for c in cohorts
        ),
        "ready_day": _ints((day_of(c.ready) - scenario.days.first).days for c in cohorts),
        "value": _ints(
            _cents(_of_class(classes, c, "left_behind", scenario.prices.left_behind))
            for c in cohorts
        ),
        "own_risk": _ints(c.risk.rank if c.risk else 0 for c in cohorts),
        "accessible": _ints(c.accessible for c in cohorts),
        "luggage": _ints(c.luggage for c in cohorts),
        "class_of": _ints(list(classes).index(c.priority) if c.priority else -1 for c in cohorts),
        "parties": tuple(tuple(sorted(c.parties, reverse=True)) for c in cohorts),
    }


def _site_columns(scenario: Scenario, pairs: Sequence[tuple[Cohort, Site]]) -> dict[str, Any]:
    """The other columns, of cohorts each with the site that it is bound for."""
    number = {place: i for i, place in enumerate(scenario.places)}
    classes = {p.id: p for p in scenario.priorities}
    drops, shares = _drops(scenario, number), _payer_shares(scenario)
    return {
        "site": _ints(number[site.id] for _, site in pairs),
        "subsidy": _ints(
            _cents(site.subsidy_for(c.priority) + _of_class(classes, c, "subsidy", 0.0))
            for c, site in pairs
        ),
        "payer_share": np.array([shares[site.id] for _, site in pairs], dtype=np.float64).reshape(
            len(pairs), len(scenario.payers)
        ),
        "drops": tuple(drops[site.id] for _, site in pairs),
    }


def _jobs(scenario: Scenario, calendar: Calendar) -> Jobs:
    """Who looks for posts, and which there are."""
    number, prices = {place: i for i, place in enumerate(scenario.places)}, scenario.prices
    seekers = scenario.seeking
    openings = [
        (site, trade, posts) for site in scenario.sites for trade, posts in site.posts.items()
    ]
    names = [*(trade for _, trade, _ in openings), *(c.trade or "" for c in seekers)]
    trades = {trade: i for i, trade in enumerate(dict.fromkeys(names))}
    of_trade: dict[str, list[int]] = {trade: [] for trade in trades}
    for j, (_, trade, posts) in enumerate(openings):
        of_trade[trade] += [j] if posts else []
    matches = [
        (i, j)
        for i, cohort in enumerate(seekers)
        for j in of_trade[cohort.trade or ""]
        if scenario.may_fill(cohort, openings[j][0])
    ]
    pairs = [(site.id, other) for site in scenario.sites for other in site.lends]
    loans = {pair: number for number, pair in enumerate(pairs)}
    whose = [(seekers[i].lent_by or "", openings[j][0].id) for i, j in matches]
    seeker, opening = (_ints(match[side] for match in matches) for side in (0, 1))
    empty = _ints(
        _cents(prices.empty_key_post if site.key else prices.empty_post) for site, _, _ in openings
    )
    own = _own_columns(scenario, calendar, seekers)
    cohorts = {
        name: tuple(column[i] for i in seeker) if isinstance(column, tuple) else column[seeker]
        for name, column in own.items()
    }
    cohorts |= _site_columns(scenario, [(seekers[i], openings[j][0]) for i, j in matches])
    # whoever is brought there pays for it, as for an onward leg
    cents = [_cents(scenario.lending(seekers[i], openings[j][0].id)) for i, j in matches]
    cohorts["drops"] = tuple(
        tuple((place, onward + more) for place, onward in drops)
        for drops, more in zip(cohorts["drops"], cents, strict=True)
    )
    return Jobs(
        people=own["people"],
        accessible=own["accessible"],
        parties=own["parties"],
        value=own["value"],
        trade=_ints(trades[c.trade or ""] for c in seekers),
        site=_ints(number[site.id] for site, _, _ in openings),
        needs=_ints(trades[trade] for _, trade, _ in openings),
        posts=_ints(posts for _, _, posts in openings),
        empty=empty,
        seeker=seeker,
        opening=opening,
        loan=_ints(loans.get(pair, -1) for pair in whose),
        loans=_ints(site.lends[other] for site in scenario.sites for other in site.lends),
        cohorts={**cohorts, "value": cohorts["value"] + empty[opening]},
    )


def _ints(values: object) -> Ints:
    rows = values if isinstance(values, list) else list(values)  # type: ignore[call-overload]
    return np.array(rows, dtype=np.int64)


def _cents(money: float) -> int:
    return round(money * 100)


def _cents_or_none(money: float | None) -> int:
    return NO_LIMIT if money is None else math.floor(money * 100 + 1e-6)


def _rank(risk: Risk | None) -> int:
    return len(Risk) if risk is None else risk.rank


def _of_class(classes: dict[str, Priority], cohort: Cohort, field: str, common: float) -> float:
    """What the cohort's class says, or what holds for everybody."""
    priority = classes.get(cohort.priority or "")
    own = getattr(priority, field, None)
    return common if own is None else float(own)


def _latest(cohort: Cohort, scenario: Scenario, calendar: Calendar) -> int:
    """Last minute of arriving, the late days included."""
    late = scenario.rules.priority.late_days
    if scenario.by_day:
        return calendar.minute(day_of(cohort.due) + timedelta(days=late))
    return calendar.end(cohort.due) + 1440 * late


def _payer_shares(scenario: Scenario) -> dict[str, list[float]]:
    """By site the shares of all payers in what is paid for its people."""
    common = {payer.id: payer.share for payer in scenario.payers}
    return {
        site.id: [(site.paid_by or common).get(payer, 0.0) for payer in common]
        for site in scenario.sites
    }


def _frozen(scenario: Scenario, number: dict[str, int], calendar: Calendar) -> tuple[Frozen, ...]:
    pools = [pool.id for pool in scenario.pools]
    cohorts = {cohort.id: i for i, cohort in enumerate(scenario.placed)}
    return tuple(
        Frozen(
            trip=TripChoice(
                pool=pools.index(trip.pool or ""),
                depart=calendar.minute(trip.leaves),
                drivers=trip.drivers,
                stops=tuple(number[stop] for stop in trip.stops),
                loads=tuple(
                    Load(
                        cohort=cohorts[riders.cohort],
                        people=riders.count,
                        parties=tuple(sorted(riders.parties, reverse=True)),
                        drop=number[riders.drop],
                    )
                    for riders in trip.riders
                ),
                frozen=i,
            ),
            changing=None if trip.changing is None else _cents(trip.changing),
        )
        for i, trip in enumerate(scenario.frozen)
        if trip.pool is not None
    )


def _scaled(amount: float | None, factor: int) -> int:
    return NO_LIMIT if amount is None else math.floor(amount * factor)


def _ways_of_planning(scenario: Scenario) -> tuple[ByDay, ByClock]:
    """Both kinds of settings, the one that is not used at its defaults."""
    if isinstance(scenario.planning, ByDay):
        return scenario.planning, ByClock()
    return ByDay(by="day"), scenario.planning


def _roads(scenario: Scenario, travel: Travel) -> tuple[Ints, Ints]:
    rows = [travel.index[place] for place in scenario.places]
    km = travel.km[np.ix_(rows, rows)]
    minutes = travel.minutes[np.ix_(rows, rows)]
    road = np.isfinite(km) & np.isfinite(minutes)

    def up(values: np.ndarray, factor: int) -> Ints:
        # against the planner, but 12.0000000001 m is 12 m
        whole = np.ceil(np.where(road, values, 0) * factor - 1e-6)
        return np.where(road, whole, NO_ROAD).astype(np.int64)

    return up(km, 1000), up(minutes, 60)


def _hours(places: list[Place], calendar: Calendar, stop: int) -> tuple[Ints, Ints]:
    opens = np.empty((len(places), len(calendar.days)), dtype=np.int64)
    shuts = np.empty_like(opens)
    for i, place in enumerate(places):
        for c, day in enumerate(calendar.days):
            if day in place.closed_on:
                opens[i, c], shuts[i, c] = NO_LIMIT, -NO_LIMIT
            elif place.hours:
                opens[i, c] = calendar.minute(datetime.combine(day, place.hours.opens))
                shuts[i, c] = calendar.minute(datetime.combine(day, place.hours.closes))
            else:
                opens[i, c] = calendar.midnights[c]
                # what begins before midnight may end after it
                spill = 0 if day + timedelta(days=1) in place.closed_on else stop
                shuts[i, c] = calendar.midnights[c + 1] + spill
    return opens, shuts


def _table(places: list[Place], calendar: Calendar, figure: object) -> Ints:
    return _ints([[figure(place, day) for day in calendar.days] for place in places])  # type: ignore[operator]


def _medical(place: Place, day: date) -> int:
    limit = place.medical_per_day(day) if isinstance(place, Origin) else None
    return NO_LIMIT if limit is None else limit


def _intake(place: Place, day: date) -> int:
    limit = place.intake_per_day(day) if isinstance(place, Site) else None
    return NO_LIMIT if limit is None else limit


def _drops(scenario: Scenario, number: dict[str, int]) -> dict[str, tuple[tuple[int, int], ...]]:
    """By site the places where its people may get off, with the cents from there on."""
    return {
        site.id: (
            *([(number[site.id], 0)] if site.gate else []),
            *((number[hub], _cents(price)) for hub, price in site.handover.items()),
        )
        for site in scenario.sites
    }


def _cities(places: list[Place]) -> Ints:
    # a site without a city is a city of its own
    names = [(p.city or p.id) if isinstance(p, Site) else "" for p in places]
    numbers = {name: i for i, name in enumerate(dict.fromkeys(filter(None, names)))}
    return _ints(numbers.get(name, -1) for name in names)


def _serves(scenario: Scenario, places: list[Place]) -> np.ndarray:
    depots = {depot.id: depot for depot in scenario.depots}
    serves = np.zeros((len(scenario.pools), len(places)), dtype=np.bool_)
    for p, pool in enumerate(scenario.pools):
        chosen = depots[pool.depot].serves
        for i, place in enumerate(places):
            serves[p, i] = isinstance(place, Origin) and (chosen is None or place.id in chosen)
    return serves


def _seats(scenario: Scenario, calendar: Calendar) -> dict[str, Any]:
    shape = (len(scenario.coaches), len(calendar.days), len(Risk))
    allowed, staff = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    alike: dict[tuple[int, ...], tuple[Ints, Ints]] = {}
    for k, unit_type in enumerate(scenario.coaches):
        for c, day in enumerate(calendar.days):
            held = tuple(i for i, rule in enumerate(scenario.rules.seats) if rule.holds_on(day))
            if (k, *held) in alike:  # most days are like the day before
                allowed[k, c], staff[k, c] = alike[k, *held]
                continue
            for risk in Risk:
                seats = allowed_seats(unit_type, scenario.rules.seats, day, risk)
                allowed[k, c, risk.rank] = seats.allowed
                staff[k, c, risk.rank] = sum(seats.staff.values())
            alike[k, *held] = allowed[k, c], staff[k, c]
    return {"allowed": allowed, "staff": staff}


def _crew(limits: CrewLimits, calendar: Calendar) -> Crew:
    shift, night, ban = limits.shift, limits.night, limits.ban
    return Crew(
        spell=_scaled(limits.spell_hours, 60),
        night_spell=_scaled(night.hours if night else None, 60),
        pause=math.ceil(limits.break_minutes),
        rolling=tuple((_scaled(r.hours, 60), _scaled(r.within_hours, 60)) for r in limits.rolling),
        shift=shift
        and Shift(
            driving=_scaled(shift.driving_hours, 60),
            span=tuple(  # type: ignore[arg-type]
                _scaled(shift.span_hours if h is None else h, 60)
                for h in (shift.span_hours, shift.team_span_hours)
            ),
            rest=tuple(  # type: ignore[arg-type]
                math.ceil((shift.rest_hours if h is None else h) * 60)
                for h in (shift.rest_hours, shift.team_rest_hours)
            ),
        ),
        nights=calendar.windows(night.starts, night.ends) if night else (),
        bans=calendar.windows(ban.starts, ban.ends) if ban else (),
        ban_exempt=_scaled(ban.exempt_km if ban else None, 1000),
        two_drivers_past=_scaled(limits.two_drivers_past_km, 1000),
        most_drivers=limits.most_drivers,
    )
