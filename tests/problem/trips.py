"""Trips for the tests of the rules of one trip."""

from __future__ import annotations

from p2p_dispatch.problem import Load, Problem, TripChoice, build
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from tests.tiny import tiny_scenario


class Desk:
    """A scenario, its problem, and trips by the names of their cohorts."""

    def __init__(self, **changes: object):
        self.scenario: Scenario = tiny_scenario(**changes)
        self.travel = travel_of(self.scenario)
        self.problem: Problem = build(self.scenario, self.travel)
        self.number = {place: i for i, place in enumerate(self.scenario.places)}
        self.cohorts = {c.id: i for i, c in enumerate(self.scenario.cohorts)}

    def minute(self, clock: str, day: int = 0) -> int:
        """Minute of ``HH:MM`` on a day of the horizon."""
        hours, minutes = clock.split(":")
        return self.problem.midnight(day) + 60 * int(hours) + int(minutes)

    def trip(
        self,
        people: dict[str, int],
        *,
        depart: int = 0,
        drivers: int = 2,
        stops: tuple[str, ...] = (),
    ) -> TripChoice:
        """A trip of the first pool with so many people of some cohorts."""
        loads = tuple(
            Load(
                cohort=self.cohorts[name],
                people=count,
                drop=int(self.problem.site[self.cohorts[name]]),
            )
            for name, count in people.items()
        )
        picks = dict.fromkeys(int(self.problem.origin[x.cohort]) for x in loads)
        road = tuple(self.number[s] for s in stops) or (
            *picks,
            *dict.fromkeys(x.drop for x in loads),
        )
        return TripChoice(pool=0, depart=depart, drivers=drivers, stops=road, loads=loads)
