"""The plan: names, clock times, and figures that say how good it is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, PrivateAttr

from p2p_dispatch.events.model import Event, Status
from p2p_dispatch.plan.frames import Frames
from p2p_dispatch.travel import Travel

PLAN_VERSION: Literal["1"] = "1"
"""Version of the format of ``plan.json``."""


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


class Quality(StrEnum):
    """What we hold."""

    OPTIMAL = "optimal"
    """Proved best, within the gap asked for."""
    FEASIBLE = "feasible"
    """Keeps all rules; the best may be far."""


class Riders(_Part):
    """Some people of one cohort."""

    cohort: str
    count: int


class Stop(_Part):
    """One stop of a trip; of a coach the first and the last are the depot, where nobody boards."""

    place: str
    km: float
    """Way from the stop before; 0 at the first."""
    arrive: AwareDatetime | None = None
    """When it comes; none at the first stop and by the day."""
    depart: AwareDatetime | None = None
    """When it leaves; none at the last stop and by the day."""
    board: tuple[Riders, ...] = ()
    alight: tuple[Riders, ...] = ()


class Spell(_Part):
    """One driver at the wheel without a pause."""

    driver: str
    """Name of the driver; the same name on two trips is the same person."""
    start: AwareDatetime
    end: AwareDatetime


class Trip(_Part):
    """A coach from its depot and back, or a service that will run."""

    id: str
    mode: Literal["coach", "train", "carriage", "plane"] = "coach"
    role: Literal["direct", "feeder", "trunk", "onward"] = "direct"
    """Trunk: of a service. Onward: a coach that somebody boards at a hub. Feeder: any other that
    somebody goes on from. Direct: all others, from the assembly points to the gates or hubs."""
    service: str = ""
    """The service it is a trip of; empty for coaches."""
    pool: str = ""
    """The pool of a coach; of a service its service pool, where it has one."""
    unit_type: str
    unit: str = ""
    """Which coach of the pool: the pool's id, a slash and a number from 1; empty for services."""
    carriages: dict[str, int] = {}
    """Carriages by kind, of a train that is put together and of a booking."""
    day: date
    """Day of departure: of the first boarding."""
    drivers: int
    """Drivers of a coach; 0 for services, whose crew is the operator's."""
    days: int
    """Days charged for a coach: started periods of 24 hours from leaving the depot to being back;
    by the day one or two. 0 for services, which are charged by the trip."""
    staff: dict[str, int] = {}
    """Seats taken by people who are not on the roster, by role."""
    allowed: int
    """Seats that the rules allow on this trip, staff included."""
    status: Status = Status.ORGANISED
    stops: tuple[Stop, ...]
    driving: tuple[Spell, ...] = ()
    """Who drives when, in order of time; what is not driving is standing. Empty by the day."""
    km: float
    """From depot to depot, or from the first hub to the last."""
    cost: float
    """Vehicle, km and drivers; of a service the trip, its km and its carriages."""


class Itinerary(_Part):
    """The trips that some people of a cohort take, door to door."""

    cohort: str
    count: int
    parties: tuple[int, ...] = ()
    """Sizes of the cohort's parties among them."""
    accessible: int = 0
    """How many of them need an accessible place."""
    trips: tuple[str, ...]
    """Trip ids in order."""
    changes: tuple[str, ...] = ()
    """Hubs where they change from each trip to the next, one fewer than trips."""
    drop: str = ""
    """Where they get off at last; empty where the trip's stops say it and nobody changes."""
    site: str = ""
    """The site whose posts they fill, where their job was open; empty for all others."""
    told: str = ""
    """Which of the scenario's ``told`` they are; empty where they were told nothing."""


class Duty(_Part):
    """What one unit and its crew do over the days."""

    unit: str
    trips: tuple[str, ...]
    """Trip ids in order."""
    drivers: tuple[str, ...]
    """Everybody who drives it; empty by the day."""


class Batch(_Part):
    """The people of one origin who leave on one trip."""

    id: str
    origin: str
    trip: str
    people: int
    call: AwareDatetime | None = None
    """When they are called to the assembly point; none by the day."""
    status: Status = Status.ORGANISED
    checked: int = 0
    """How many of them have had their check before departure."""
    absent: int = 0
    """How many of them did not come."""
    walked_up: int = 0
    """How many boarded beside them who had no seat."""


class Unserved(_Part):
    """Part of a cohort left behind."""

    cohort: str
    count: int
    parties: tuple[int, ...] = ()
    """Sizes of the cohort's parties among them."""
    accessible: int = 0
    """How many of them need an accessible place."""
    reason: str
    """Id of the rule that blocks them."""
    words: str
    """The same as a sentence."""
    remedies: tuple[str, ...] = ()
    """Smallest changes that would take them, each verified by solving again."""
    trips: tuple[str, ...] = ()
    """Trips that they have made before they were stranded; none: they are at home."""
    changes: tuple[str, ...] = ()
    """Hubs where they got off each of those; they wait at the last."""
    told: str = ""
    """Which of the scenario's ``told`` they are; empty where they were told nothing."""


class Value(_Part):
    """What the plan costs, by part, in the scenario's currency."""

    vehicles: float
    """Vehicle-days."""
    km: float
    """Kilometres."""
    drivers: float
    """Driver-days."""
    trains: float = 0.0
    """Special trains, with their km and carriages."""
    carriages: float = 0.0
    """Booked carriages, with their km."""
    planes: float = 0.0
    """Flights, with their km."""
    transfers: float = 0.0
    """Changes from one trip to another, per person."""
    onward: float
    """Onward legs from hubs to gates."""
    lending: float = 0.0
    """People of one employer who are lent to another, at the price between these."""
    waiting: float
    """Person-days between ready and leaving."""
    late: float = 0.0
    """Person-days late, at the price of their class."""
    left_behind: float
    """People left behind, at the value of their class."""
    changes: float = 0.0
    """Promised trips that were changed or given up."""
    empty_posts: float = 0.0
    """Open posts that nobody fills, at the price of their employer."""
    subsidies: float = 0.0
    """What somebody else pays for the people moved; taken off the sum."""
    total: float
    """Sum of the parts less the subsidies: what strategies minimise."""

    @property
    def money(self) -> float:
        """What somebody has to pay: coaches, km, drivers, trains, carriages, planes, onward legs
        and lending, subsidies deducted.
        """
        coaches = self.vehicles + self.km + self.drivers
        services = self.trains + self.carriages + self.planes
        return coaches + services + self.onward + self.lending - self.subsidies


class GapPart(_Part):
    """Where a part of the gap lies, at the prices of the bound."""

    what: Literal["trips", "fleet", "intake", "medical", "left behind"]
    """Trips that cost more than the bound pays for them; units, intake and checks that have a price
    in the bound and are not used up; people left behind at more than they are worth in it."""
    place: str
    """Depot of trips and units, site of intake, origin of checks and of people left behind."""
    amount: float
    """How much of total - bound."""


class Tier(_Part):
    """One of the tiers of a plan that puts people first, then cost, then time."""

    name: Literal["people", "cost", "time"]
    """People left behind; cost without waiting and being late; person-days of both."""
    value: float
    """Of the plan: people, money or person-days."""
    bound: float | None
    """No plan that is as good in the tiers before it goes below this; none: nothing was proved."""
    gap: float | None
    """(value - bound) / value; none: nothing was proved."""
    how: str
    """How the bound was obtained."""
    leaves_out: tuple[str, ...] = ()
    """Ids of rules that the bound leaves out."""


class Certificate(_Part):
    """How good the plan is, and how that is known."""

    bound: float | None
    """No plan costs less than this; none: nothing was proved."""
    gap: float | None
    """(total - bound) / total; none: nothing was proved."""
    how: str
    """How the bound was obtained."""
    leaves_out: tuple[str, ...] = ()
    """Ids of rules that the bound leaves out."""
    where: tuple[GapPart, ...] = ()
    """Where the gap lies, the largest part first; empty where nobody says. With other prices
    that prove as much the parts may be others."""
    tiers: tuple[Tier, ...] = ()
    """Where people come first: people, cost and time, each with its bound. Then there is none
    on the total."""


class Made(_Part):
    """Who made the plan, so that it can be made again."""

    solver: str
    strategy: str
    parameters: dict[str, Any]
    limits: dict[str, Any]
    seed: int
    threads: int
    versions: dict[str, str]


class Plan(_Part, Frames):
    """Trips, itineraries, duties, batches, the unserved and the certificate."""

    version: Literal["1"] = PLAN_VERSION
    scenario: str
    """Name of the scenario."""
    digest: str
    """SHA-256 of the scenario's content."""
    as_of: AwareDatetime
    time_zone: str
    currency: str
    by_day: bool
    made: Made
    value: Value
    certificate: Certificate
    quality: Quality
    ended: str
    """Why the strategy stopped."""
    people: int
    """Everybody on the roster."""
    moved: int
    """Everybody with an itinerary."""
    trips: tuple[Trip, ...]
    itineraries: tuple[Itinerary, ...]
    duties: tuple[Duty, ...]
    batches: tuple[Batch, ...]
    unserved: tuple[Unserved, ...]
    events: tuple[Event, ...] = ()
    """What happened since the plan was made, and since those it was made from."""
    applied: int = 0
    """How many of the events it was made with; the others happened since."""

    _travel: Travel | None = PrivateAttr(default=None)

    @property
    def bound(self) -> float | None:
        """The certificate's bound."""
        return self.certificate.bound

    @property
    def gap(self) -> float | None:
        """The certificate's gap."""
        return self.certificate.gap

    @property
    def travel(self) -> Travel:
        """
        The travel it was made with.

        Raises
        ------
        LookupError
            When the plan was read without the travel saved beside it.
        """
        if self._travel is None:
            raise LookupError("the plan has no travel: travel.npz is missing beside plan.json")
        return self._travel

    def with_travel(self, travel: Travel) -> Plan:
        """The same plan with the travel it was made with."""
        plan = self.model_copy()
        plan._travel = travel
        return plan

    def with_travel_of(self, other: Plan) -> Plan:
        """The same plan with the travel of another, or without where that has none."""
        plan = self.model_copy()
        plan._travel = other._travel
        return plan
