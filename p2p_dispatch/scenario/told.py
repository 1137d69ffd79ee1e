"""What people were told, where a plan is made again."""

from __future__ import annotations

from p2p_dispatch.scenario.base import Count, Id, Moment, Part


class ToldPeople(Part):
    """
    Some people of a cohort who were told how they travel.

    What telling them otherwise costs stands in ``prices``: ``changed_day``, ``changed_hour``,
    ``changed_vehicle`` and ``changed_place``.
    """

    id: Id
    """By which plans say what becomes of them."""

    cohort: Id
    count: Count

    leaves: Moment
    """When they leave home: the minute at which their first trip leaves the place where they
    board; planned by the day, its day."""

    vehicle: Id
    """The service they go by or, where they go by none, the pool of their first coach."""

    board: Id
    """Where they board first: their origin, or a hub where they gather."""

    drop: Id
    """Where they get off at last."""
