"""What a planner would see on reading the whole: contradictions between the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from p2p_dispatch.reading.faults import Fault, in_order
from p2p_dispatch.scenario.crosscheck import (
    capacity,
    fleet,
    frozen,
    ids,
    jobs,
    money,
    people,
    places,
    risk,
    roads,
    seats,
    services,
    time,
)
from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft, located
from p2p_dispatch.scenario.scenario import Scenario

__all__ = ["CHECKS", "Check", "Clash", "Draft", "cross_faults", "crosscheck", "located"]


class Check(NamedTuple):
    """One thing to look for."""

    find: Callable[[Draft], Iterator[Clash]]
    needs: tuple[str, ...] = ()
    """Top-level fields that it judges as a whole: with a part of them lost it would guess."""
    daily: bool = False
    """Whether it goes through the days of the horizon."""


_SEATS = ("cohorts", "origins", "sites", "hubs", "unit_types", "pools", "rules")
_FLEET = ("cohorts", "depots", "pools")

CHECKS: tuple[Check, ...] = (
    Check(ids.repeated_ids),
    Check(ids.unknown_ids),
    Check(people.no_people, needs=("cohorts",)),
    Check(people.due_before_ready),
    Check(people.outside_horizon, daily=True),
    Check(people.parties_too_many),
    Check(people.party_too_large, needs=_SEATS, daily=True),
    Check(people.too_many_in_need),
    Check(people.no_vehicle_for, needs=("unit_types", "pools", "rules")),
    Check(seats.no_layout),
    Check(seats.layout_and_seats),
    Check(seats.too_many_reserved, needs=("unit_types",)),
    Check(seats.cap_of_zero),
    Check(seats.rule_in_order),
    Check(seats.no_seat, needs=_SEATS, daily=True),
    Check(jobs.site_or_trade),
    Check(jobs.unknown_trades, needs=("sites",)),
    Check(jobs.too_few_posts, needs=("sites", "cohorts")),
    Check(jobs.lent_by_nobody, needs=("sites",)),
    Check(jobs.lent_to_nobody, needs=("sites",)),
    Check(jobs.too_few_lent, needs=("sites", "cohorts")),
    Check(fleet.no_vehicles, needs=("pools",), daily=True),
    Check(fleet.idle_pools, needs=_FLEET, daily=True),
    Check(fleet.idle_depots, needs=_FLEET),
    Check(fleet.unserved_origins, needs=_FLEET),
    Check(fleet.load_above_seats),
    Check(fleet.ordered_too_late, needs=("as_of", "days")),
    Check(fleet.nobody_drives, needs=("planning",)),
    Check(fleet.idle_limits),
    Check(services.by_the_clock, needs=("planning",)),
    Check(services.wrong_modes),
    Check(services.load_above_seats, needs=("unit_types",), daily=True),
    Check(services.offers, needs=("unit_types",)),
    Check(services.stops),
    Check(services.running_times),
    Check(services.days, needs=("as_of", "rules"), daily=True),
    Check(time.horizon, needs=("days",)),
    Check(time.as_of, needs=("as_of", "days")),
    Check(time.time_zone, needs=("time_zone",)),
    Check(time.far_days, daily=True),
    Check(places.zero_coordinates),
    Check(places.strange_coordinates),
    Check(places.same_names),
    Check(places.short_hours, needs=("planning",)),
    Check(places.no_way_in),
    Check(capacity.always_closed, needs=("cohorts",), daily=True),
    Check(capacity.takes_nobody, needs=("cohorts",), daily=True),
    Check(capacity.no_slots, needs=("planning",)),
    Check(risk.everybody_stays),
    Check(frozen.promised_too_many, needs=("cohorts",)),
    Check(frozen.full_vehicle, needs=("unit_types", "pools")),
    Check(frozen.wrong_stops, needs=("cohorts", "sites")),
    Check(roads.repeated_roads),
    Check(roads.strange_speeds),
    Check(money.shares_of_all, needs=("payers",)),
    Check(money.shares_of_sites),
    Check(money.left_for_nothing, needs=("prices",)),
)
"""Every check; all are made, in any order."""


def crosscheck(draft: Draft) -> list[Fault]:
    """All that the checks find, except what would follow from a part that was lost."""
    clashes = (
        clash
        for check in CHECKS
        if draft.has(*check.needs) and (draft.has_days() or not check.daily)
        for clash in check.find(draft)
        if not draft.lacks(clash.path)
    )
    return in_order(located(draft.scenario, clashes, draft.numbering))


def cross_faults(scenario: Scenario) -> list[Fault]:
    """
    The faults and notices of a scenario as a whole.

    ``read_scenario`` has looked for them; for a scenario that was built or changed in Python.
    """
    return crosscheck(Draft(scenario))
