"""Where people board, change and arrive, and where vehicles are based."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from p2p_dispatch.scenario.base import NOT_BOOL, Clock, Day, Id, Limit, Money, Part, Share, Text


class Risk(StrEnum):
    """Risk level of a place; the stricter of the two ends decides."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low, 1 for medium, 2 for high."""
        return list(Risk).index(self)


class PerDay(Part):
    """How many people a place can take in a day: one figure, or a usual one and exceptions."""

    usual: Limit | None = None
    """People on every day that ``on`` does not name; none: no limit."""

    on: dict[Day, Limit] = {}
    """People on days that differ, e.g. ``{2020-02-24: 300}``."""

    def __call__(self, day: date) -> int | None:
        """People on ``day``; None where there is no limit."""
        return self.on.get(day, self.usual)


def _usual(value: Any) -> Any:
    return value if isinstance(value, dict | PerDay | None) else {"usual": value}


DailyLimit = Annotated[
    PerDay,
    BeforeValidator(_usual, json_schema_input_type=Annotated[int, Field(ge=0)] | PerDay),
]
"""People a day: an integer, or ``{usual: 300, on: {2020-02-24: 100}}``."""


class Hours(Part):
    """When a place is open on the days it works."""

    opens: Clock
    """First minute at which people may board or get off."""

    closes: Clock
    """Latest minute by which boarding or getting off is over."""

    @model_validator(mode="after")
    def _in_order(self) -> Hours:
        if self.opens >= self.closes:
            raise ValueError(
                f"opens {self.opens:%H:%M} is not before closes {self.closes:%H:%M}"
                " -> let it close later than it opens, on the same day"
            )
        return self


class Slots(Part):
    """How many trips a place can handle at a time, so that departures are staggered."""

    minutes: Annotated[int, Field(ge=5, le=1440)] = 30
    """Length of a slot; slots are counted from midnight."""

    trips: Limit
    """Trips that may leave an origin or hub, or arrive at a site or hub, within one slot: of
    coaches, or of trains and planes where these are ``service_slots``."""


class Transfer(Part):
    """How long people may have between two trips at a hub."""

    least_minutes: Limit = 30
    """Fewest minutes from arriving on one trip to leaving on the next. ASSUMPTION: half an
    hour is enough to cross a station."""

    most_minutes: Limit = 240
    """Most minutes of the same: nobody is left to wait in a hall. ASSUMPTION: four hours."""

    @model_validator(mode="after")
    def _in_order(self) -> Transfer:
        if self.least_minutes > self.most_minutes:
            raise ValueError(
                f"least_minutes is {self.least_minutes} and most_minutes {self.most_minutes}"
                f" -> let most_minutes be {self.least_minutes} or more"
            )
        return self


class Place(Part):
    """A point on the map with a free-text name."""

    id: Id
    """The name by which the rest of the scenario and the plan refer to it; unique among all
    places of all kinds."""

    name: Text = ""
    """What people call it, in any script; the id where it is left out."""

    lat: Annotated[float, Field(ge=-90, le=90), NOT_BOOL]
    """Latitude, degrees north, WGS-84."""

    lon: Annotated[float, Field(ge=-180, le=180), NOT_BOOL]
    """Longitude, degrees east, WGS-84."""

    hours: Hours | None = None
    """Opening hours; none: open round the clock. Used when planning by the clock."""

    slots: Slots | None = None
    """Coaches within a slot of time; none: any number. Used when planning by the clock."""

    closed_on: tuple[Day, ...] = ()
    """Days on which nobody boards or gets off here."""

    risk: Risk = Risk.LOW
    """Risk level until ``risk_from`` says otherwise."""

    risk_from: dict[Day, Risk] = {}
    """Risk level from a day on, e.g. ``{2020-02-24: high}``."""

    @property
    def label(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id

    def risk_on(self, day: date) -> Risk:
        """Risk level on ``day``."""
        past = [start for start in self.risk_from if start <= day]
        return self.risk_from[max(past)] if past else self.risk


class Origin(Place):
    """An assembly point: where people board."""

    region: Text = ""
    """City or county it belongs to; used to group the report."""

    province: Text = ""
    """Province it belongs to, which is told who comes and goes; none: that of the nearest county
    of the gazetteer."""

    medical_per_day: DailyLimit = PerDay()
    """People the check before departure can take in a day; everyone is checked on the day of
    departure. None: no limit."""


class Site(Place):
    """An employer's gate."""

    city: Text = ""
    """City it belongs to; first-come fills its coaches by city."""

    province: Text = ""
    """Province it belongs to, which is told who comes and goes; none: that of the nearest county
    of the gazetteer."""

    intake_per_day: DailyLimit = PerDay()
    """People the employer takes in a day: on the day of arrival, or planned by the day on the
    day of departure. None: no limit."""

    gate: bool = True
    """Whether coaches may come to the gate itself; if not, people are handed over at a hub."""

    handover: dict[Id, Money] = {}
    """Hubs where the site takes its people over, with the price of the onward leg per person."""

    posts: dict[Id, Limit] = {}
    """Posts that are open, by trade, e.g. ``{welder: 40}``: how many people with that trade and
    no site of their own it takes in all."""

    lends: dict[Id, Limit] = {}
    """Sites that may have people of this one for a time, and how many each may have at most, e.g.
    ``{chancheng: 20}``; which people these are say the cohorts with ``lent_by``."""

    lends_at: dict[Id, Money] = {}
    """What lending one person to each of these sites costs those who pay for its people; none:
    nothing."""

    key: bool = False
    """Whether this is a key employer: an empty post of its costs ``prices.empty_key_post``."""

    subsidy: Money = 0
    """What somebody else pays per person this employer is brought."""

    subsidies: dict[Id, Money] = {}
    """The same by class of priority, in place of ``subsidy``: ``{first-time: 1000}``."""

    paid_by: dict[Id, Share] = {}
    """Who pays for the people of this site, as shares that add up to 1; none: the shares
    of ``payers``."""

    def subsidy_for(self, priority: str | None) -> float:
        """What somebody else pays per person of a class that this employer is brought."""
        return self.subsidies.get(priority or "", self.subsidy)


class Hub(Place):
    """A town point, station or airport where people change or are handed over."""

    transfer: Transfer | None = None
    """Time between two trips here; none: as ``rules.transfer`` says."""

    service_slots: Slots | None = None
    """Trips of services within a slot of time: trains or planes that leave with people who
    board here, or come with people who get off. Booked carriages are not counted, their train
    runs anyway. None: any number."""

    most_carriages: Limit | None = None
    """Carriages of the longest train its platform takes; none: any number."""

    assembly_of: tuple[Id, ...] = ()
    """Origins whose people gather here by themselves and need no feeder."""


class Depot(Place):
    """Where vehicles are based, near the origins or near the sites."""

    serves: tuple[Id, ...] | None = None
    """Origins its vehicles may collect from; none: all."""
