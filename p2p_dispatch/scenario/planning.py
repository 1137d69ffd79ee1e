"""By the clock or by the day."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from p2p_dispatch.scenario.base import NOT_BOOL, Amount, Limit, Part


class ByClock(Part):
    """Clock times for every stop; slots, driving hours and opening hours hold."""

    model_config = ConfigDict(title="by the clock")

    by: Literal["clock"] = "clock"

    stop_minutes: Limit = 15
    """Minutes a coach stands at a stop while people board or get off."""

    call_minutes: Limit = 45
    """Minutes before boarding at which a batch is called to its assembly point."""

    turnaround_minutes: Limit = 60
    """Minutes a unit spends at its depot between two trips."""

    depart_every_minutes: Annotated[int, Field(ge=5, le=720), NOT_BOOL] = 30
    """Step of the departure times a strategy tries within a day."""


class ByDay(Part):
    """Whole days: which day, not which hour. A unit is held one day or two; there are no
    opening hours, breaks or night bans; ride and detour are those of the whole trip.
    """

    model_config = ConfigDict(title="by the day")

    by: Literal["day"]

    stop_minutes: Limit = 10
    """Minutes a coach stands at a stop."""

    two_days_past_km: Amount | None = None
    """Loaded km past which a trip holds its unit two days; none: always one."""

    second_driver_past_hours: Amount | None = None
    """Hours of driving, from the depot to the last drop, past which a second driver is needed;
    none: one driver is enough."""


def _by_clock(value: Any) -> Any:
    """Let ``planning: {stop_minutes: 20}`` do without its ``by``."""
    return {"by": "clock", **value} if isinstance(value, dict) else value


Planning = Annotated[
    Annotated[ByClock | ByDay, Field(discriminator="by")], BeforeValidator(_by_clock)
]
"""By the clock, which is the default, or by the day."""
