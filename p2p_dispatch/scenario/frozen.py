"""Trips of an earlier plan that have left, or were told."""

from __future__ import annotations

from pydantic import model_validator

from p2p_dispatch.scenario.base import Count, Id, Moment, Money, Part


class FrozenRiders(Part):
    """Some people of a cohort who were promised a seat on a trip."""

    cohort: Id
    count: Count

    parties: tuple[Count, ...] = ()
    """Sizes of the cohort's parties among them."""

    board: Id | None = None
    """Where they board, of a trip that has left; none: their origin."""

    drop: Id
    """Where they get off: the gate of their site, one of its hubs, or where they change."""


class FrozenTrip(Part):
    """
    A trip that stands.

    It has left, or its people were told of it. Others may still get the seats it has left.
    """

    id: Id
    """Its id in the earlier plan, which it keeps."""

    pool: Id | None = None
    """Its pool, of a coach."""

    service: Id | None = None
    """The service it is a trip of; none: it is a coach."""

    left: bool = False
    """Whether it has left: it is a fact, exactly these people are on it, and no rule judges any
    more whether it should have left."""

    leaves: Moment
    """When it leaves its depot or its first hub; planned by the day, its day."""

    drivers: Count = 1

    stops: tuple[Id, ...]
    """Places between leaving the depot and being back, first the pick-ups; all hubs of a
    service."""

    riders: tuple[FrozenRiders, ...]
    """Who was promised a seat."""

    changing: Money | None = None
    """What it costs per promised person to give the trip up or to change its pool, its time or
    its stops; none: it cannot be changed."""

    @model_validator(mode="after")
    def _one_of_both(self) -> FrozenTrip:
        if (self.pool is None) == (self.service is None):
            raise ValueError("it has a pool and a service, or neither -> write one of them")
        if self.service is not None and not self.left:
            raise ValueError("a service stands here only when it has left -> write left: true")
        return self
