"""Events: what happened when, to what."""

from __future__ import annotations

from datetime import date, datetime
from datetime import time as clock
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from p2p_dispatch.scenario.base import Count, Day, Id, Limit, Moment, Part, Text, day_of
from p2p_dispatch.scenario.places import Risk


class Status(StrEnum):
    """Where a batch or a trip stands in its life."""

    ORGANISED = "organised"
    ORDERED = "ordered"
    TOLD = "told"
    RELEASED = "released"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    FOLLOWED_UP = "followed up"
    CANCELLED = "cancelled"

    @property
    def rank(self) -> int:
        """How far it is: 0 for organised, 7 for cancelled, which ends everything."""
        return list(Status).index(self)


class _Happened(Part):
    time: Moment
    """When it happened or became known, local time; a day means its first minute."""

    kind: str
    """What happened."""

    subject: Id
    """To what: the id of a trip or a batch of the plan, or of a part of the scenario."""

    note: Text = ""
    """Anything worth keeping: who said so, why."""

    @property
    def when(self) -> datetime:
        """The time as a moment, local and without an offset."""
        if isinstance(self.time, datetime):
            return self.time
        return datetime.combine(self.time, clock())

    @property
    def about_plan(self) -> bool:
        """Whether the subject is a trip or a batch of the plan."""
        return False


class _FromDay(_Happened):
    """Something that holds on days."""

    first: Day | None = None
    """First day on which it holds; none: the day of the event."""

    last: Day | None = None
    """Last day on which it holds; none: to the end of the horizon."""

    def days(self, horizon: tuple[date, ...]) -> tuple[date, ...]:
        """Those days of a horizon."""
        first, last = self.first or day_of(self.time), self.last
        return tuple(day for day in horizon if first <= day and (last is None or day <= last))


class StatusChanged(_Happened):
    """A trip or a batch has come so far; what a trip reaches its batches reach too."""

    model_config = ConfigDict(title="status")

    kind: Literal["status"]
    value: Status
    """How far."""

    @property
    def about_plan(self) -> bool:  # noqa: D102
        return True


class Medical(_Happened):
    """People of a batch were checked before departure."""

    model_config = ConfigDict(title="medical")

    kind: Literal["medical"]
    value: Count
    """How many more of the batch."""

    @property
    def about_plan(self) -> bool:  # noqa: D102
        return True


class NoShow(_Happened):
    """People of a batch did not come; they do not travel any more unless they sign up again."""

    model_config = ConfigDict(title="no-show")

    kind: Literal["no-show"]
    cohort: Id | None = None
    """Their cohort; none: the batch has one only."""
    value: Count
    """How many did not come."""

    @property
    def about_plan(self) -> bool:  # noqa: D102
        return True


class WalkUp(_Happened):
    """
    People came who had no seat.

    With a batch as subject they boarded its trip; with a cohort they wait to be planned.
    """

    model_config = ConfigDict(title="walk-up")

    kind: Literal["walk-up"]
    cohort: Id | None = None
    """Their cohort; none: the batch has one only, or the subject is the cohort."""
    value: Count
    """How many came."""


class UnitDown(_FromDay):
    """Units of a pool cannot be used."""

    model_config = ConfigDict(title="unit-down")

    kind: Literal["unit-down"]
    value: Count
    """How many units."""


class Cancelled(_Happened):
    """A trip does not run; of a service nobody can order it for that day again."""

    model_config = ConfigDict(title="cancelled")

    kind: Literal["cancelled"]

    @property
    def about_plan(self) -> bool:  # noqa: D102
        return True


class Late(_Happened):
    """A trip leaves later than planned."""

    model_config = ConfigDict(title="late")

    kind: Literal["late"]
    value: Annotated[Count, Field(le=2880)]
    """Minutes by which it leaves later."""

    @property
    def about_plan(self) -> bool:  # noqa: D102
        return True


class Closed(_FromDay):
    """Nobody boards or gets off at a place, a road to it being closed or the place itself."""

    model_config = ConfigDict(title="closed")

    kind: Literal["closed"]


class RiskChanged(_FromDay):
    """The risk level of a place changes."""

    model_config = ConfigDict(title="risk")

    kind: Literal["risk"]
    value: Risk
    """The new level."""


class PostsChanged(_Happened):
    """A site has other open posts of a trade."""

    model_config = ConfigDict(title="posts")

    kind: Literal["posts"]
    trade: Id
    value: Limit
    """Posts in all, those that people who have left fill included."""


class IntakeChanged(_FromDay):
    """A site takes another number of people a day."""

    model_config = ConfigDict(title="intake")

    kind: Literal["intake"]
    value: Limit
    """People a day."""


Event = Annotated[
    StatusChanged
    | Medical
    | NoShow
    | WalkUp
    | UnitDown
    | Cancelled
    | Late
    | Closed
    | RiskChanged
    | PostsChanged
    | IntakeChanged,
    Field(discriminator="kind"),
]
"""Something that happened."""

KINDS = (
    "status", "medical", "no-show", "walk-up", "unit-down", "cancelled", "late", "closed", "risk",
    "posts", "intake",
)  # fmt: skip
"""Kinds of events, as they are written."""


class Events(Part):
    """A file of events."""

    events: tuple[Event, ...] = ()
    """In any order; those of the same time in the order of the file."""


def in_time(events: tuple[Any, ...]) -> tuple[Any, ...]:
    """Events by their time."""
    return tuple(sorted(events, key=lambda event: event.when))
