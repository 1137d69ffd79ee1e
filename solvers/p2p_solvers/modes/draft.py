"""A plan of services and coaches, as an answer and as what the next search begins with."""

from __future__ import annotations

from dataclasses import dataclass

from p2p_dispatch.problem import Problem, TripChoice
from p2p_dispatch.solution import Journey, ServiceTrip, Solution


@dataclass(frozen=True)
class Draft:
    """Service trips, journeys, and the coaches that go with them."""

    services: tuple[ServiceTrip, ...]
    journeys: tuple[Journey, ...]
    coaches: Problem
    trips: tuple[TripChoice, ...]
    cost: int

    @property
    def served(self) -> int:
        """People with a seat all the way."""
        legs = {leg for journey in self.journeys for leg in (journey.feeder, journey.onward)}
        direct = sum(
            load.people for trip in self.trips for load in trip.loads if load.cohort not in legs
        )
        return direct + sum(journey.people for journey in self.journeys)

    def solution(self) -> Solution:
        """What it is as an answer."""
        return Solution(
            trips=self.trips,
            services=self.services,
            journeys=self.journeys,
            coaches=self.coaches,
            cost=self.cost,
        )
