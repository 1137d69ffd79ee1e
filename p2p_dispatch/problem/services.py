"""
What services there are to choose from, and how people change to them and from them.

All of it in the problem's indices, as strategies need it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from p2p_dispatch.problem.basics import NO_LIMIT, Ints
from p2p_dispatch.problem.offers import Offer, carriages_of, offers_of, seats_of
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.fleet import AnyUnitType
from p2p_dispatch.scenario.places import Hub, Risk

MOST_BOOKED = 20
"""Carriages that one booking has at the most, where the offer has no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consist:
    """
    One way to put a trip of a service together.

    Attributes
    ----------
    numbers
        Carriages of each kind of the offer; none where it is as it is.
    cents
        What the trip costs then.
    riders
        Seats for people by the stricter risk level of the hubs that are used.
    bags
        Pieces of luggage that it takes.
    """

    numbers: tuple[int, ...]
    cents: int
    riders: tuple[int, ...]
    bags: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Services:
    """
    Services to choose from.

    Attributes
    ----------
    offers
        Each service on each day on which it can still be ordered.
    consists
        How a trip of each offer can be put together, the cheapest first; more money means more
        seats.
    least_change, most_change
        (n_places,) minutes between arriving at a hub and leaving it.
    most_changes
        Of one person.
    change
        Cents that a person's change is counted as.
    gathers
        Per place the origins whose people gather there by themselves.
    pool_daily, pool_trips
        (n_service_pools, n_days) and (n_service_pools,) trips of a service pool.
    slot_minutes, slot_trips
        (n_places,) length of a slot for services, and trips in it.
    """

    offers: tuple[Offer, ...]
    consists: tuple[tuple[Consist, ...], ...]
    least_change: Ints
    most_change: Ints
    most_changes: int
    change: int
    gathers: tuple[frozenset[int], ...]
    pool_daily: Ints
    pool_trips: Ints
    slot_minutes: Ints
    slot_trips: Ints


def services_of(scenario: Scenario) -> Services:
    """The services of a scenario; none can be ordered where it is planned by the day."""
    places = list(scenario.places.values())
    number = {place.id: i for i, place in enumerate(places)}
    hubs = [place if isinstance(place, Hub) else None for place in places]
    changes = [(hub.transfer if hub else None) or scenario.rules.transfer for hub in hubs]
    slots = [hub.service_slots if hub else None for hub in hubs]
    pools = scenario.service_pools
    offers = () if scenario.by_day else offers_of(scenario)
    daily = [[_limit(pool.trips_per_day(day)) for day in scenario.dates] for pool in pools]
    return Services(
        offers=offers,
        consists=tuple(_consists(scenario, offer) for offer in offers),
        least_change=np.array([change.least_minutes for change in changes], dtype=np.int64),
        most_change=np.array([change.most_minutes for change in changes], dtype=np.int64),
        most_changes=scenario.rules.transfer.most_changes,
        change=round(100 * scenario.prices.transfer),
        gathers=tuple(
            frozenset(number[origin] for origin in hub.assembly_of) if hub else frozenset()
            for hub in hubs
        ),
        pool_daily=np.array(daily, dtype=np.int64).reshape(len(pools), len(scenario.dates)),
        pool_trips=np.array([_limit(pool.trips) for pool in pools], dtype=np.int64),
        slot_minutes=np.array([s.minutes if s else 1440 for s in slots], dtype=np.int64),
        slot_trips=np.array([s.trips if s else NO_LIMIT for s in slots], dtype=np.int64),
    )


def _limit(figure: int | None) -> int:
    return NO_LIMIT if figure is None else figure


def _consists(scenario: Scenario, offer: Offer) -> tuple[Consist, ...]:
    """Those that are worth their money: no other has as many seats for less."""
    every = sorted(
        (_consist(scenario, offer, numbers) for numbers in _numbers(offer)),
        key=lambda each: (each.cents, [-riders for riders in each.riders]),
    )
    worth: list[Consist] = []
    for each in every:
        if not worth or any(map(int.__gt__, each.riders, worth[-1].riders)):
            worth.append(each)
    return tuple(worth)


def _numbers(offer: Offer) -> Iterator[tuple[int, ...]]:
    most = min(offer.most_carriages, offer.carriages)
    spans = [
        range(kind.least, min(kind.most, most if most < NO_LIMIT else MOST_BOOKED) + 1)
        for kind in offer.kinds
    ]
    return (numbers for numbers in product(*spans) if not numbers or 0 < sum(numbers) <= most)


def _consist(scenario: Scenario, offer: Offer, numbers: tuple[int, ...]) -> Consist:
    seats = [seats_of(scenario, offer, risk, numbers) for risk in Risk]
    own = scenario.services[offer.service].unit_type
    parts: list[tuple[AnyUnitType, int]] = [*carriages_of(scenario, offer, numbers)]
    parts = parts or [(each, 1) for each in scenario.unit_types if each.id == own]
    bags = [(NO_LIMIT if part.luggage is None else part.luggage) * n for part, n in parts]
    return Consist(
        numbers=numbers,
        cents=offer.price(numbers),
        riders=tuple(max(0, allowed - staff) for allowed, staff in seats),
        bags=min(NO_LIMIT, sum(bags)),
    )
