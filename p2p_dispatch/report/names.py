"""What things of a plan are called where planners read of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from p2p_dispatch.plan.model import Plan, Trip
from p2p_dispatch.report.batches import destinations
from p2p_dispatch.report.language import Language
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.fleet import UnitType
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.services import Service

MINUTE = "%m-%d %H:%M"
MINUTE_AND_YEAR = "%Y-%m-%d %H:%M"

NUMBERED = " driver "
"""Between a unit and the number of a driver whom nobody has named, as the plan has it."""


@dataclass(frozen=True)
class Names:
    """The names of one plan in one language; local times as text."""

    plan: Plan
    scenario: Scenario
    language: Language

    @cached_property
    def trips(self) -> dict[str, Trip]:
        """Trips by id."""
        return {trip.id: trip for trip in self.plan.trips}

    @cached_property
    def cohorts(self) -> dict[str, Cohort]:
        """Cohorts by id."""
        return {cohort.id: cohort for cohort in self.scenario.cohorts}

    @cached_property
    def unit_types(self) -> dict[str, UnitType]:
        """Unit types by id."""
        return {unit_type.id: unit_type for unit_type in self.scenario.unit_types}

    @cached_property
    def services(self) -> dict[str, Service]:
        """Services by id."""
        return {service.id: service for service in self.scenario.services}

    @cached_property
    def _minute(self) -> str:
        years = {trip.day.year for trip in self.plan.trips}
        return MINUTE if len(years) <= 1 else MINUTE_AND_YEAR

    def place(self, name: str) -> str:
        """A place by its id; the id itself where the scenario does not know it."""
        found = self.scenario.places.get(name)
        return found.label if found else name

    def vehicle(self, trip: Trip) -> str:
        """What runs: the unit of a coach, the service otherwise."""
        service = self.services.get(trip.service)
        return trip.unit or (service.label if service else trip.service)

    def driver(self, name: str) -> str:
        """A driver; those whom the plan numbers by their unit in the words of the language."""
        unit, numbered, number = name.rpartition(NUMBERED)
        return self.language("driver_of", unit=unit, n=number) if numbered else name

    def kind(self, trip: Trip) -> str:
        """The unit type of a trip."""
        found = self.unit_types.get(trip.unit_type)
        return found.label if found else trip.unit_type

    def mode(self, trip: Trip) -> str:
        """Mode and role in one or two words."""
        return self.language.said("run", f"{trip.mode}-{trip.role}")

    def way(self, trip: Trip) -> str:
        """Where a trip collects and where it drops."""
        return f"{self.origins(trip)} → {self.goals(trip)}"

    def origins(self, trip: Trip) -> str:
        """Where a trip collects."""
        return destinations(self.scenario, (stop.place for stop in trip.stops if stop.board))

    def goals(self, trip: Trip) -> str:
        """Where a trip drops; of many places their cities."""
        return destinations(self.scenario, (stop.place for stop in trip.stops if stop.alight))

    def priority(self, name: str | None) -> str:
        """A class of people; empty where there is none."""
        return next((p.name or p.id for p in self.scenario.priorities if p.id == name), name or "")

    def clock(self, instant: datetime | None) -> str:
        """Local hours and minutes; empty by the day."""
        return f"{self.local(instant):%H:%M}" if instant else ""

    def moment(self, instant: datetime | None) -> str:
        """Local day, hours and minutes, with the year where the plan has more than one."""
        return f"{self.local(instant):{self._minute}}" if instant else ""

    def local(self, instant: datetime) -> datetime:
        """An instant by the clocks of the scenario."""
        return instant.astimezone(self.scenario.zone) if instant.tzinfo else instant

    def day(self, day: date) -> str:
        """A day with its weekday."""
        names = self.language("weekdays").split()
        return f"{names[day.weekday()]} {day.isoformat()}"
