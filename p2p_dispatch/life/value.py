"""What a plan costs, by part, from its trips and its people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from itertools import pairwise
from math import ceil

from p2p_dispatch.life.parts import Party, begins, leaves_home, stop_at
from p2p_dispatch.life.promises import changes, price, told_way, way_of
from p2p_dispatch.plan.make import empty_posts
from p2p_dispatch.plan.model import Trip, Value
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.travel import Travel


def value_of(
    scenario: Scenario, trips: Mapping[str, Trip], parts: Iterable[Party], travel: Travel
) -> Value:
    """The value of all trips and people of a plan."""
    parts = tuple(parts)
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    classes = {each.id: each for each in scenario.priorities}
    sites = {site.id: site for site in scenario.sites}
    told = {each.id: each for each in scenario.told}
    coaches = {coach.id: coach for coach in scenario.coaches}
    prices = scenario.prices
    money: defaultdict[str, float] = defaultdict(float)
    for trip in trips.values():
        if trip.mode == "coach":
            coach = coaches[trip.unit_type]
            way = pairwise(stop.place for stop in trip.stops)
            money["vehicles"] += trip.days * coach.per_day
            money["drivers"] += trip.days * trip.drivers * prices.driver_day
            money["km"] += sum(travel.leg(a, b)[0] for a, b in way) * coach.per_km
        else:
            money[f"{trip.mode}s"] += trip.cost
    filled: Counter[str] = Counter()
    for part in parts:
        cohort, n = cohorts[part.cohort], part.count
        group = classes.get(cohort.priority or "")
        if part.trips:
            _, leaves = leaves_home(part, trips, cohort)
            days = (leaves.date() - day_of(cohort.ready)).days
            money["waiting"] += n * days * prices.waiting_day
        if not part.moved:
            money["left_behind"] += n * (group.left_behind if group else prices.left_behind)
        else:
            site = sites[part.site]
            each = prices.late_day if group is None or group.late_day is None else group.late_day
            money["transfers"] += n * (len(part.trips) - 1) * prices.transfer
            money["onward"] += n * site.handover.get(part.drop, 0.0)
            money["lending"] += n * scenario.lending(cohort, part.site)
            money["late"] += n * each * _late_days(scenario, part, trips, cohort)
            own = group.subsidy if group else 0.0
            money["subsidies"] += n * (site.subsidy_for(cohort.priority) + own)
            filled[part.site if cohort.site is None else ""] += n
        if part.told:
            after = way_of(part, trips, cohort)
            money["changes"] += n * price(prices, changes(told_way(told[part.told]), after))
    money["empty_posts"] = empty_posts(scenario, filled)
    names = [name for name in Value.model_fields if name != "total"]
    rounded = {name: round(float(money[name]), 2) for name in names}
    total = sum(rounded.values()) - 2 * rounded["subsidies"]
    return Value(**rounded, total=round(total, 2))


def _late_days(scenario: Scenario, part: Party, trips: Mapping[str, Trip], cohort: Cohort) -> int:
    """Begun days after being due at which a part gets off at last."""
    trip = trips[part.trips[-1]]
    if scenario.by_day:
        return max(0, (trip.day - day_of(cohort.due)).days)
    arrive = stop_at(trip, part.drop).arrive
    assert arrive is not None
    if trip.mode == "coach":
        arrive = begins(scenario, scenario.places[part.drop], arrive)
    due = cohort.due
    if not isinstance(due, datetime):
        due = datetime.combine(due, time()) + timedelta(days=1)
    minutes = (arrive - due.replace(tzinfo=scenario.zone)).total_seconds() / 60
    return max(0, ceil((minutes - 1e-6) / 1440))
