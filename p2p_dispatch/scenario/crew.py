"""Driving hours: the limits as data, and the presets with their sources."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from p2p_dispatch.scenario.base import NOT_BOOL, Amount, Clock, Part, Text


class NightLimit(Part):
    """A shorter spell at the wheel by night."""

    starts: Clock
    ends: Clock
    """The night runs from ``starts`` to ``ends`` on the next morning."""

    hours: Amount
    """Of one spell at the wheel, at most so many hours lie in the night."""


class RollingLimit(Part):
    """Driving of one driver within any window of some length."""

    hours: Amount
    """Most hours at the wheel ..."""

    within_hours: Annotated[float, Field(gt=0, le=1000), NOT_BOOL]
    """... in any so many consecutive hours."""


class ShiftLimit(Part):
    """What one driver may do between two rests."""

    driving_hours: Amount
    """Most hours at the wheel between two rests."""

    span_hours: Amount
    """Most hours from the end of a rest to the last minute at the wheel before the next."""

    rest_hours: Amount
    """A pause of at least this long is a rest."""

    team_span_hours: Amount | None = None
    """The span where two or more drivers are on board; none: the same."""

    team_rest_hours: Amount | None = None
    """The rest where two or more drivers are on board; none: the same."""


class RoadBan(Part):
    """Hours at which nobody drives."""

    starts: Clock
    ends: Clock
    exempt_km: Amount = 0.0
    """Trips whose way from the first pick-up to the last drop is at most this long may go on."""


class CrewLimits(Part):
    """
    Limits on driving; whatever is none does not apply.

    A spell at the wheel is one driver's driving without a break: pauses shorter than
    ``break_minutes`` do not end it, and the minutes a coach stands at a stop to board people
    are work, not a pause.
    """

    spell_hours: Amount | None = None
    """Longest spell at the wheel, hours."""

    break_minutes: Amount = 0.0
    """Shortest pause that ends a spell, minutes."""

    night: NightLimit | None = None
    """A shorter spell by night."""

    rolling: tuple[RollingLimit, ...] = ()
    """Limits over rolling windows, e.g. 8 h in 24 h."""

    shift: ShiftLimit | None = None
    """Limits between two rests."""

    ban: RoadBan | None = None
    """Hours at which nobody drives."""

    two_drivers_past_km: Amount | None = None
    """Loaded way from the first pick-up to the last drop past which two drivers are needed."""

    most_drivers: Annotated[int, Field(ge=1, le=4), NOT_BOOL] = 2
    """Most drivers one coach carries."""

    basis: Text = ""
    """The regulation."""


CREW_SOURCES: dict[str, dict[str, Any]] = {
    "cn": {
        "spell_hours": 4,
        "break_minutes": 20,
        "night": {"starts": "22:00", "ends": "06:00", "hours": 2},
        "rolling": [{"hours": 8, "within_hours": 24}, {"hours": 44, "within_hours": 168}],
        "ban": {"starts": "02:00", "ends": "05:00", "exempt_km": 100},
        "most_drivers": 2,
        "basis": (
            "Safety management rule for road passenger transport companies, art. 38: 4 h by day "
            "and 2 h by night, then 20 min; 8 h in 24 h; 44 h in any 7 days; 02:00-05:00 stop or "
            "relay, fixed shuttles up to 100 km exempt. Night 22:00-06:00. The second driver past "
            "600 km (art. 45 of the 2012 trial text) is a switch: two_drivers_past_km"
        ),
    },
    "eu": {
        "spell_hours": 4.5,
        "break_minutes": 45,
        "rolling": [{"hours": 56, "within_hours": 168}, {"hours": 90, "within_hours": 336}],
        "shift": {
            "driving_hours": 9,
            "span_hours": 13,
            "rest_hours": 11,
            "team_span_hours": 21,
            "team_rest_hours": 9,
        },
        "most_drivers": 2,
        "basis": (
            "Regulation (EC) 561/2006: 4.5 h then 45 min; 9 h a day, 56 h a week, 90 h a "
            "fortnight; 11 h rest in 24 h, or 9 h in 30 h with two drivers. Not used, so never "
            "looser: split breaks, the two days of 10 h, reduced rests; weeks are any 7 days"
        ),
    },
    "us": {
        "rolling": [{"hours": 60, "within_hours": 168}],
        "shift": {"driving_hours": 10, "span_hours": 15, "rest_hours": 8},
        "most_drivers": 2,
        "basis": (
            "49 CFR 395.5, passenger-carrying: 10 h driving within 15 h on duty after 8 h off; "
            "60 h in 7 days. ASSUMPTION: the 15 h run from the end of the rest, which is never "
            "looser; the 60 h count driving"
        ),
    },
    "none": {"most_drivers": 1, "basis": "no limits on driving hours"},
}
"""The presets, as they could be written in a scenario."""


class CrewRule(CrewLimits):
    """A preset and what differs from it."""

    preset: Literal["cn", "eu", "us", "none"] = "cn"
    """Where the limits that are not written out come from."""

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, value: Any) -> Any:
        if isinstance(value, dict):
            preset = value.get("preset", "cn")
            known = CREW_SOURCES.get(preset, {}) if isinstance(preset, str) else {}
            return {**known, **value}
        return value


def _named(value: Any) -> Any:
    return {"preset": value} if isinstance(value, str) else value


CREW_PRESETS: dict[str, CrewRule] = {
    name: CrewRule.model_validate({"preset": name}) for name in CREW_SOURCES
}

Crew = Annotated[
    CrewRule,
    BeforeValidator(_named, json_schema_input_type=Literal["cn", "eu", "us", "none"] | CrewRule),
]
"""The name of a preset, or a preset and what differs from it."""
