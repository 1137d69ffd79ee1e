"""Seats and useful days, worked out once for all checks that ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.fleet import Coach
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.places import Risk
from p2p_dispatch.scenario.scenario import Scenario
from p2p_dispatch.scenario.seats import allowed_seats, counts_rows


def useful_days(scenario: Scenario, cohort: Cohort) -> Iterator[date]:
    """Days of the horizon on which a cohort can leave and is not overdue beyond what is allowed."""
    first = max(day_of(cohort.ready), scenario.days.first).toordinal()
    late = day_of(cohort.due).toordinal() + scenario.rules.priority.late_days
    last = min(late, scenario.days.last.toordinal())
    yield from map(date.fromordinal, range(first, last + 1))


def days_by(scenario: Scenario, cohorts: Iterable[tuple[str, Cohort]]) -> dict[str, set[date]]:
    """For each label the useful days of all its cohorts."""
    spans: dict[str, set[tuple[date, date]]] = {}
    days: dict[str, set[date]] = {}
    for label, cohort in cohorts:
        span = day_of(cohort.ready), day_of(cohort.due)
        if span not in spans.setdefault(label, set()):  # most cohorts share theirs
            spans[label].add(span)
            days.setdefault(label, set()).update(useful_days(scenario, cohort))
    return days


class Coaches:
    """Seats for people of the roster on the unit types that some pool has."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        used = {pool.unit_type for pool in scenario.pools}
        rules = scenario.rules.seats
        by_rows = any(counts_rows(rule) and rule.is_about("coach") for rule in rules)
        self.types: list[Coach] = [
            coach
            for coach in scenario.coaches
            if coach.id in used and (coach.layout or not by_rows)
        ]
        self._sites = {site.id: site for site in scenario.sites}
        self._riders: dict[tuple[date, Risk], int] = {}

    def riders(self, day: date, risk: Risk) -> int:
        """Seats on the best type on a day at a risk level."""
        if (day, risk) not in self._riders:
            rules = self.scenario.rules.seats
            self._riders[day, risk] = max(
                (allowed_seats(t, rules, day, risk).riders for t in self.types), default=0
            )
        return self._riders[day, risk]

    @cached_property
    def fewest(self) -> int:
        """Seats on the best type on the worst day at the worst risk."""
        return min(self.riders(day, risk) for day in self.scenario.dates for risk in Risk)

    def most_riders(self, cohort: Cohort) -> int | None:
        """Seats on the best type on the best day of a cohort; None where it has no day."""
        places = self.scenario.places
        site = self._sites.get(cohort.site or "")
        if site is None or cohort.origin not in places:
            return None
        names = [*([site.id] if site.gate else []), *site.handover]
        ends = [places[name] for name in names if name in places]
        origin = places[cohort.origin]
        return max(
            (
                self.riders(day, max(origin.risk_on(day), end.risk_on(day), key=lambda r: r.rank))
                for day in useful_days(self.scenario, cohort)
                for end in ends
            ),
            default=None,
        )
