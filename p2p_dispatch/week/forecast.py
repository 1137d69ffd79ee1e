"""Who is expected to sign up: rates by origin and site, given or counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field

from p2p_dispatch.reading import Fault, InputError
from p2p_dispatch.reading.validate import validate
from p2p_dispatch.reading.yaml import read_yaml
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import NOT_BOOL, Day, Id, Part
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.week.signups import signed_up


class Rate(Part):
    """How many people sign up a day, from one origin to one site."""

    origin: Id
    site: Id
    priority: Id | None = None
    """Their class; none: people without one."""

    per_day: Annotated[float, Field(ge=0, le=1e6), NOT_BOOL]
    """People who sign up on a day, on average."""

    spread: Annotated[float, Field(ge=0, le=10), NOT_BOOL] = 0.0
    """How uncertain the average itself is, as a share of it: 0.5 for half. Beside it the count of a
    day varies as chance has it (Poisson); both together are a negative binomial."""

    first: Day | None = None
    """First day on which they sign up; none: the first of the season."""

    last: Day | None = None
    """Last day on which they sign up; none: the last on which sign-ups are expected."""


class Forecast(Part):
    """Who is expected to sign up."""

    rates: tuple[Rate, ...]
    """Rates; where two speak of the same people they add up."""

    last: Day | None = None
    """Last day on which sign-ups are expected; none: the last on which somebody of the scenario
    signs up."""

    def on(self, day: date) -> Iterator[Rate]:
        """The rates of a day."""
        for rate in self.rates:
            first, last = rate.first or date.min, rate.last or self.last or date.max
            if first <= day <= last:
                yield rate


def read_forecast(path: str | Path, scenario: Scenario) -> Forecast:
    """
    A forecast from its file, YAML.

    Raises
    ------
    InputError
        P2P2201 where the file does not keep the format; P2P2202 where it names an origin, a site
        or a class that the scenario does not have.
    """
    document = read_yaml(Path(path))
    forecast = validate(Forecast, document, code="P2P2201")
    known: dict[str, set[str | None]] = {
        "origin": {origin.id for origin in scenario.origins},
        "site": {site.id for site in scenario.sites},
        "priority": {None, *(priority.id for priority in scenario.priorities)},
    }
    faults = [
        Fault(
            code="P2P2202",
            mark=document.spot.walk(("rates", i, field)).mark,
            field=f"rates[{i}].{field}",
            found=f"{scenario.name} has no {field} {getattr(rate, field)}",
            right=f"one of {', '.join(sorted(name for name in names if name))}",
        )
        for i, rate in enumerate(forecast.rates)
        for field, names in known.items()
        if getattr(rate, field) not in names
    ]
    if faults:
        raise InputError(faults)
    return forecast.model_copy(update={"last": forecast.last or last_signup(scenario)})


def forecast_of(
    scenario: Scenario, cohorts: Iterable[Cohort], first: date, last: date, *, spread: float = 0.0
) -> Forecast:
    """
    As many a day as some cohorts were.

    ASSUMPTION: nobody said what is expected, so the days to come are like those counted.

    Parameters
    ----------
    cohorts
        Who is counted.
    first, last
        The days on which they signed up.
    spread
        Of every rate.
    """
    counts: Counter[tuple[str, str, str | None]] = Counter()
    for cohort in cohorts:
        counts[cohort.origin, cohort.site or "", cohort.priority] += cohort.count
    days = max(1, (last - first).days + 1)
    rates = tuple(
        Rate(origin=origin, site=site, priority=priority, per_day=people / days, spread=spread)
        for (origin, site, priority), people in sorted(counts.items(), key=str)
    )
    return Forecast(rates=rates, last=last_signup(scenario))


def last_signup(scenario: Scenario) -> date:
    """The last day on which somebody signs up."""
    return max(signed_up(cohort) for cohort in scenario.cohorts)


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day of a span; none where it ends before it begins."""
    yield from (first + timedelta(days=d) for d in range((last - first).days + 1))
