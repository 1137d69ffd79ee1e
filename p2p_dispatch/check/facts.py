"""A scenario and a plan, looked up once for all rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from p2p_dispatch.check.claims import Claims, claims_of
from p2p_dispatch.check.clock import Clock
from p2p_dispatch.check.run import Run, road_of, run_of, service_run_of
from p2p_dispatch.check.timetable import timetable_of
from p2p_dispatch.plan.model import Itinerary, Plan, Trip, Unserved
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.fleet import AnyUnitType, Coach, Pool
from p2p_dispatch.scenario.people import Cohort, Priority
from p2p_dispatch.scenario.places import Depot, Hub, Origin, Place, Site
from p2p_dispatch.scenario.services import Service, ServicePool


@dataclass(frozen=True, eq=False, kw_only=True)
class Facts:
    """
    What the rules look at.

    A plan may name what the scenario does not have: look up with ``get`` and let the rule that owns
    the name complain (cohorts and stops ``balance``, pools, types and units ``fleet``).

    Attributes
    ----------
    by_day
        Planned by the day; the scenario's word counts, not the plan's.
    runs
        The trips in the plan's order.
    by_trip
        The first run of each trip id.
    claims
        What the itineraries say of places.
    """

    scenario: Scenario
    plan: Plan
    clock: Clock
    by_day: bool
    stop_minutes: float
    places: Mapping[str, Place]
    origins: Mapping[str, Origin]
    sites: Mapping[str, Site]
    depots: Mapping[str, Depot]
    cohorts: Mapping[str, Cohort]
    priorities: Mapping[str, Priority]
    hubs: Mapping[str, Hub]
    pools: Mapping[str, Pool]
    unit_types: Mapping[str, AnyUnitType]
    services: Mapping[str, Service]
    service_pools: Mapping[str, ServicePool]
    runs: tuple[Run, ...]
    by_trip: Mapping[str, Run]
    claims: Claims

    @cached_property
    def left(self) -> frozenset[str]:
        """Trips that have left: whether they should have is no longer asked."""
        return frozenset(trip.id for trip in self.scenario.frozen if trip.left)

    @cached_property
    def on_the_way(self) -> frozenset[tuple[str, str]]:
        """Trips and cohorts of people who had left home when the plan was made."""
        return frozenset(
            (trip, part.cohort)
            for part in self.plan.itineraries
            if part.trips and part.trips[0] in self.left
            for trip in part.trips[1:]
        )

    @cached_property
    def coaches(self) -> tuple[Run, ...]:
        """The trips of coaches, to which the rules of the road apply."""
        return tuple(run for run in self.runs if run.coach)

    @cached_property
    def service_runs(self) -> tuple[Run, ...]:
        """The trips of services."""
        return tuple(run for run in self.runs if not run.coach)

    def coach_type(self, run: Run) -> Coach | None:
        """The unit type of a coach trip; None where there is none."""
        unit_type = self.unit_types.get(run.trip.unit_type)
        return unit_type if run.coach and isinstance(unit_type, Coach) else None

    def road(self, start: str, end: str) -> tuple[float, float]:
        """Km and minutes from one place to another; nan where there is no road."""
        return road_of(self.plan.travel, start, end)

    @property
    def parts(self) -> tuple[Itinerary | Unserved, ...]:
        """What becomes of the cohorts, moved or left behind."""
        return (*self.plan.itineraries, *self.plan.unserved)

    def units(self) -> Iterator[tuple[str, list[Run]]]:
        """Each coach that is named in a trip, with its trips in order of time."""
        runs_of: defaultdict[str, list[Run]] = defaultdict(list)
        for run in self.coaches:
            runs_of[run.trip.unit].append(run)
        for unit, runs in runs_of.items():
            yield unit, sorted(runs, key=starts)


def starts(run: Run) -> tuple[object, ...]:
    """Sorts runs by their day and, by the clock, by the minute they leave the depot."""
    return (run.times.go[0], run.day) if run.times else (float("-inf"), run.day)


def facts_of(scenario: Scenario, plan: Plan) -> Facts:
    """
    Look everything up.

    Raises
    ------
    LookupError
        When the plan has no travel.
    """
    clock = Clock(scenario)
    places = scenario.places
    travel, stop_minutes = plan.travel, scenario.planning.stop_minutes
    unit_types = {unit_type.id: unit_type for unit_type in scenario.unit_types}
    services = {service.id: service for service in scenario.services}
    lines = {line.id: line for line in scenario.lines}
    timetables = {
        service.id: timetable_of(service, unit_types[service.unit_type].mode, lines, places)
        for service in scenario.services
        if service.unit_type in unit_types
    }

    def worked_out(trip: Trip) -> Run:
        if trip.mode != "coach":
            service, timetable = services.get(trip.service), timetables.get(trip.service)
            return service_run_of(trip, service, timetable, places, clock)
        by_day = scenario.by_day
        return run_of(trip, travel, places, clock, by_day=by_day, stop_minutes=stop_minutes)

    runs = tuple(map(worked_out, plan.trips))
    by_trip = {run.trip.id: run for run in reversed(runs)}
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    return Facts(
        scenario=scenario,
        plan=plan,
        clock=clock,
        by_day=scenario.by_day,
        stop_minutes=stop_minutes,
        places=places,
        origins={origin.id: origin for origin in scenario.origins},
        sites={site.id: site for site in scenario.sites},
        depots={depot.id: depot for depot in scenario.depots},
        cohorts=cohorts,
        priorities={priority.id: priority for priority in scenario.priorities},
        hubs={hub.id: hub for hub in scenario.hubs},
        pools={pool.id: pool for pool in scenario.pools},
        unit_types=unit_types,
        services=services,
        service_pools={pool.id: pool for pool in scenario.service_pools},
        runs=runs,
        by_trip=by_trip,
        claims=claims_of(plan.itineraries, plan.unserved, cohorts, by_trip),
    )
