"""The rules a plan must keep, each under its id."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from p2p_dispatch.scenario.base import (
    NOT_BOOL,
    Amount,
    Count,
    Day,
    Id,
    Limit,
    Money,
    Part,
    Share,
    Text,
)
from p2p_dispatch.scenario.crew import CREW_PRESETS, Crew
from p2p_dispatch.scenario.fleet import Mode
from p2p_dispatch.scenario.places import Risk, Transfer


class CapByRisk(Part):
    """Share of the licensed seats that may be sold, by the stricter risk of the two ends."""

    low: Share = 1.0
    medium: Share = 1.0
    high: Share = 1.0

    def __call__(self, risk: Risk) -> float:
        """The share at a risk level."""
        return float(getattr(self, risk.value))


def _flat(value: Any) -> Any:
    if isinstance(value, dict | CapByRisk):
        return value
    return {"low": value, "medium": value, "high": value}


Cap = Annotated[CapByRisk, BeforeValidator(_flat, json_schema_input_type=Share | CapByRisk)]
"""A share, or one share for each risk level."""


class SeatRule(Part):
    """What a notice leaves of the licensed seats while it holds."""

    id: Id
    """The notice, e.g. ``mot-2020-56``; findings name it."""

    modes: tuple[Mode, ...] | None = None
    """Modes it is about, e.g. ``[coach, train]``; none: all."""

    first: Day | None = None
    """First day of departure on which it holds; none: from the beginning."""

    last: Day | None = None
    """Last day of departure on which it holds; none: to the end."""

    cap: Cap = CapByRisk()
    """Share of licensed seats that may be sold."""

    reserved_rows: Limit = 0
    """Rows at the rear that stay empty; of a train at the end of every carriage."""

    one_per_pair: bool = False
    """Whether no two people may sit side by side."""

    staff: dict[Id, Count] = {}
    """People on every trip who are not on the roster and take an allowed seat each, e.g.
    ``{escort: 1}``, or ``{medic: 8}`` on a train."""

    basis: Text = ""
    """The notice or practice it states; begins with ASSUMPTION where nobody said so."""

    def is_about(self, mode: Mode) -> bool:
        """Whether it is about vehicles of a mode."""
        return self.modes is None or mode in self.modes

    def holds_on(self, day: date) -> bool:
        """Whether it holds for a departure on ``day``."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class StopsRule(Part):
    """How far a coach may stray to collect and drop people."""

    most_pickups: Annotated[int, Field(ge=1, le=20), NOT_BOOL] = 3
    """Most places where one trip picks up."""

    most_drops: Annotated[int, Field(ge=1, le=20), NOT_BOOL] = 3
    """Most places where one trip drops."""

    detour_factor: Annotated[float, Field(ge=1, le=10), NOT_BOOL] = 1.25
    """A person's way on board is at most this times the direct road, plus ``detour_km``."""

    detour_km: Amount = 40.0
    """Allowance added to the detour, km."""

    longest_ride_hours: Amount = 16.0
    """Longest time any person may spend on one trip, stops and breaks included, hours."""

    basis: Text = ""
    """Who said so; begins with ASSUMPTION where nobody did."""


class RiskRule(Part):
    """Who may travel, and who may not share a vehicle."""

    stay_from: Risk | None = None
    """Level of the origin, or their own, from which on people may not leave; none: all may."""

    shut_from: Risk | None = None
    """Level of the site from which on nobody is taken there; none: all are."""

    apart: bool = False
    """Whether people of different levels (the stricter of the origin's and their own) may not
    share a vehicle."""


class TransferRule(Transfer):
    """How often people may change, and how long they may have for it."""

    most_changes: Annotated[int, Field(ge=0, le=4), NOT_BOOL] = 2
    """Most changes from door to door: feeder, train and onward trip are two."""

    coach_to_coach: bool = True
    """Whether people may change from one coach to another. Where they may not, each change is to a
    train or plane or from one: whoever goes by coach all the way sits in one coach from door to
    door."""


class NoticeRule(Part):
    """How long before it leaves a service must be ordered, where it does not say so itself."""

    train_days: Limit = 3
    """Calendar days for a special train. ASSUMPTION: stations ask for some days."""

    carriage_days: Limit = 3
    """Calendar days for carriages of a scheduled train. ASSUMPTION: as a train."""

    plane_hours: Amount = 48.0
    """Hours for a plane: Kunming to Huzhou took 48 from decision to arrival."""

    def of(self, mode: Mode | None) -> tuple[float | None, int | None]:
        """Hours, or calendar days, of a mode; neither: none is asked for."""
        by_mode: dict[Mode | None, tuple[float | None, int | None]] = {
            "train": (None, self.train_days),
            "carriage": (None, self.carriage_days),
            "plane": (self.plane_hours, None),
        }
        return by_mode.get(mode, (None, None))


class BudgetRule(Part):
    """What may be spent in all; what one payer may spend stands at the payer."""

    ceiling: Money | None = None
    """Most that coaches, km, drivers, trains, carriages, planes and onward legs may cost,
    subsidies deducted."""


class PriorityRule(Part):
    """How far people may be late, and whom a plan must not forget."""

    late_days: Annotated[int, Field(ge=0, le=30), NOT_BOOL] = 0
    """Days after being due on which people may still come, at the price of their class."""

    least_share: Share = 0.0
    """Share of the people of every origin that a plan must move."""


class Rules(Part):
    """The rules by their ids. What a rule needs to know of a place or a pool stands there:
    ``medical`` and ``intake`` at the origin and the site, ``slots`` and ``windows`` at the places,
    ``fleet`` at the pool, ``minimum-load`` and ``notice`` at the coach or the service, ``consist``
    at the train, ``party`` at the cohort, ``frozen`` in a list of its own.
    """

    seats: tuple[SeatRule, ...] = ()
    """Seat rules; where several hold on a day the smallest result counts."""

    stops: StopsRule = StopsRule()
    """Pick-ups, drops, detour and the longest ride."""

    risk: RiskRule = RiskRule()
    """Who may travel, and with whom."""

    transfer: TransferRule = TransferRule()
    """Changes from one trip to another; a hub may have times of its own."""

    notice: NoticeRule = NoticeRule()
    """Notice of services, by mode; that of a coach stands at its unit type."""

    budget: BudgetRule = BudgetRule()
    """A ceiling on the money."""

    priority: PriorityRule = PriorityRule()
    """Late days, and shares that must be moved."""

    crew: Crew = CREW_PRESETS["cn"]
    """Driving hours: the name of a preset (cn, eu, us, none), or ``{preset: cn, ...}`` with what
    differs."""
