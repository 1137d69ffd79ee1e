"""What services offer that may be changed: days, trips, carriages, least loads and notice."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from p2p_dispatch.scenario.services import Service
from p2p_dispatch.why.change import Key
from p2p_dispatch.why.knob import Knob, days_in_words, knob, more, on, single
from p2p_dispatch.why.left import Left

MOST_CARRIAGES = 4
"""Carriages more that are tried."""


def services(left: Left) -> Iterator[Knob]:
    """Everything about services that may be changed."""
    for service in left.scenario.services:
        yield from _offer(left, service)
        yield from _notice(left, service)
    yield from _pools(left)
    yield from _hubs(left)


def _offer(left: Left, service: Service) -> Iterator[Knob]:
    def path(*keys: Key) -> tuple[Key, ...]:
        return ("services", service.id, *keys)

    for day in left.days:
        if not service.runs_on(day):
            days, words = tuple(sorted((*service.days, day))), f"{service.label} on {on(day)}"
            yield single(path("days"), service.days, "fleet", days, words)
        carriages = service.carriages_per_day(day)
        if carriages is not None:
            where = f"of {service.label} on {on(day)}"
            at = path("carriages_per_day", "on", day)
            yield more(at, "consist", carriages, MOST_CARRIAGES, "carriage", where)
    trips, where = service.trips_per_day, f"of {service.label} a day"
    yield more(path("trips_per_day"), "fleet", trips, 1, "trip", where)
    least = service.minimum_load
    if least > 1:

        def say(value: int) -> str:
            return f"a minimum load of {value} for {service.label} instead of {least}"

        yield knob(path("minimum_load"), least, "minimum-load", range(least - 1, 0, -1), say)


def _notice(left: Left, service: Service) -> Iterator[Knob]:
    """Notice in the unit in which it is given, or in that of its mode."""
    rule = left.scenario.rules.notice
    modes = {unit_type.id: unit_type.mode for unit_type in left.scenario.unit_types}
    mode = modes[service.unit_type]
    of_mode = rule.carriage_days if mode == "carriage" else rule.train_days
    in_hours = service.notice_hours is not None or (mode == "plane" and service.notice_days is None)
    if in_hours:
        old = service.notice_hours
        hours = ceil(rule.plane_hours if old is None else old)

        def say(value: int) -> str:
            return f"notice of {value} hours for {service.label} instead of {hours}"

        path = ("services", service.id, "notice_hours")
        yield knob(path, old, "notice", range(hours - 1, -1, -1), say)
        return
    days = of_mode if service.notice_days is None else service.notice_days

    def tell(value: int) -> str:
        return f"notice of {days_in_words(value)} for {service.label} instead of {days}"

    path = ("services", service.id, "notice_days")
    yield knob(path, service.notice_days, "notice", range(days - 1, -1, -1), tell)


def _pools(left: Left) -> Iterator[Knob]:
    for pool in left.scenario.service_pools:
        label, path = pool.name or pool.id, ("service_pools", pool.id)
        if pool.trips is not None:
            where = f"of {label} in all"
            yield more((*path, "trips"), "fleet", pool.trips, 1, "trip", where)
        for day in left.days:
            trips, where = pool.trips_per_day(day), f"of {label} on {on(day)}"
            if trips is not None:
                at: tuple[Key, ...] = (*path, "trips_per_day", "on", day)
                yield more(at, "fleet", trips, 1, "trip", where)


def _hubs(left: Left) -> Iterator[Knob]:
    for hub in left.scenario.hubs:
        if hub.service_slots is not None:
            slots, what = ("hubs", hub.id, "service_slots", "trips"), "train or plane"
            where, trips = f"in a slot at {hub.label}", hub.service_slots.trips
            yield more(slots, "slots", trips, 1, what, where, plural="")
        if hub.most_carriages is not None:
            path, where = ("hubs", hub.id, "most_carriages"), f"at the platform of {hub.label}"
            yield more(path, "consist", hub.most_carriages, MOST_CARRIAGES, "carriage", where)
