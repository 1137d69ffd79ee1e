"""What could run on rail and in the air: services, the lines they use, and how many there are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from p2p_dispatch.scenario.base import NOT_BOOL, Amount, Clock, Day, Id, Limit, Part, Text
from p2p_dispatch.scenario.fleet import Mode
from p2p_dispatch.scenario.places import DailyLimit, PerDay

MOST_BOARDING = 4
"""Stations at which a service may pick people up."""

CIRCUITY: dict[Mode, float] = {"train": 1.25, "carriage": 1.25, "plane": 1.0}
"""
Km per great-circle km where neither the service nor its line says so.

Rail: Enshi to Shaoxing is 1,321 km by rail, 1.245 times the great circle. ASSUMPTION: the same
elsewhere. A plane flies straight.
"""


class Line(Part):
    """A kind of line, for services whose running times nobody has stated."""

    id: Id
    name: Text = ""

    kmh: Annotated[float, Field(gt=0, le=1000), NOT_BOOL]
    """Speed from station to station, over the km of the line, km/h."""

    circuity: Annotated[float, Field(ge=1, le=5), NOT_BOOL] | None = None
    """Km per great-circle km; none: 1.25 by rail, 1 in the air."""

    basis: Text = ""
    """Where the speed comes from; begins with ASSUMPTION where nobody said so."""


class ServicePool(Part):
    """How many trips some services may make together, e.g. up to seven trains."""

    id: Id
    name: Text = ""

    trips_per_day: DailyLimit = PerDay()
    """Trips that may leave on a day. None: no limit."""

    trips: Limit | None = None
    """Trips in the whole horizon; none: no limit."""


class Service(Part):
    """Something that could run: a special train, carriages of a scheduled train, a plane."""

    id: Id
    """Its number or name, e.g. ``D4508``; trips of the plan name it."""

    name: Text = ""

    unit_type: Id
    """A train, a carriage or a plane; coaches need no service."""

    pool: Id | None = None
    """The service pool it counts in; none: it counts in no pool."""

    board: tuple[Id, ...]
    """Hubs where people may board, in order; one to four."""

    alight: tuple[Id, ...]
    """Hubs where people may get off, in order, after all boarding; at least one."""

    departs: Clock
    """When it leaves the first hub."""

    dwell_minutes: Limit = 5
    """Minutes it stands at every hub; people board before it leaves the first one, and get off
    after it has come to the last."""

    minutes: tuple[Amount, ...] = ()
    """Running times from each hub to the next; none: by the speed of its line."""

    km: tuple[Amount, ...] = ()
    """Lengths from each hub to the next; none: the great circle times the bends of its line."""

    line: Id | None = None
    """The kind of line it runs on; needed where ``minutes`` are not given."""

    days: tuple[Day, ...] = ()
    """Days on which it could leave the first hub; none: every day of the horizon."""

    cancelled_on: tuple[Day, ...] = ()
    """Days on which it does not leave after all."""

    late_on: dict[Day, Limit] = {}
    """Minutes by which it leaves later than ``departs``, on days, e.g. ``{2020-02-20: 90}``; on
    the same day still."""

    trips_per_day: Limit = 1
    """Most trips of this service on one day."""

    carriages_per_day: DailyLimit = PerDay()
    """Carriages of a scheduled train that may be booked on a day. None: no limit."""

    minimum_load: Limit = 0
    """People with whom it runs at least, or not at all."""

    notice_hours: Amount | None = None
    """How long before it leaves the first hub it must be ordered; none: as ``rules.notice``
    says for its mode."""

    notice_days: Limit | None = None
    """The same in calendar days: 3 for a train of the 23rd that is ordered on the 20th."""

    basis: Text = ""
    """Where all this comes from; begins with ASSUMPTION where nobody said so."""

    @model_validator(mode="after")
    def _one_notice(self) -> Service:
        if self.notice_hours is not None and self.notice_days is not None:
            raise ValueError(
                "notice is given in hours and in days -> write notice_hours or notice_days"
            )
        return self

    @property
    def label(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id

    @property
    def stops(self) -> tuple[str, ...]:
        """All its hubs in order."""
        return (*self.board, *self.alight)

    def runs_on(self, day: date) -> bool:
        """Whether it is offered on a day."""
        return (not self.days or day in self.days) and day not in self.cancelled_on

    def leaves_on(self, day: date) -> datetime:
        """When it leaves the first hub on a day, local time."""
        return datetime.combine(day, self.departs) + timedelta(minutes=self.late_on.get(day, 0))
