"""Trips of an earlier plan that have left, or were told."""

from __future__ import annotations

from p2p_dispatch.scenario.base import Count, Id, Moment, Money, Part


class FrozenRiders(Part):
    """Some people of a cohort who were promised a seat on a trip."""

    cohort: Id
    count: Count

    parties: tuple[Count, ...] = ()
    """Sizes of the cohort's parties among them."""

    drop: Id
    """Where they get off: the gate of their site or one of its hubs."""


class FrozenTrip(Part):
    """
    A trip that stands.

    It has left, or its people were told of it. Others may still get the seats it has left.
    """

    id: Id
    """Its id in the earlier plan, which it keeps."""

    pool: Id

    leaves: Moment
    """When it leaves its depot; planned by the day, its day."""

    drivers: Count = 1

    stops: tuple[Id, ...]
    """Places between leaving the depot and being back, first the pick-ups."""

    riders: tuple[FrozenRiders, ...]
    """Who was promised a seat."""

    changing: Money | None = None
    """What it costs per promised person to give the trip up or to change its pool, its time or
    its stops; none: it cannot be changed, since it has left."""
