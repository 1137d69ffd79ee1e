"""When people become known, and how those who sign up are: their patience, their parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.altered import altered
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.people import Cohort

if TYPE_CHECKING:
    from numpy.random import Generator

    from p2p_dispatch.week.forecast import Forecast, Rate


LEAST_SPREAD = 1e-3
"""Spread of a rate below which its average counts as certain."""


def signed_up(cohort: Cohort) -> date:
    """The day from whose morning on the planner knows of a cohort."""
    return day_of(cohort.signed_up if cohort.signed_up is not None else cohort.ready)


def with_signups(scenario: Scenario, lead: int = 0) -> Scenario:
    """
    The scenario with a day of signing up for everybody.

    ASSUMPTION: where nobody said when people signed up it is so many days before they are ready.
    None is the latest that makes sense.

    Parameters
    ----------
    lead
        Days.
    """
    before = timedelta(days=lead)
    cohorts = tuple(
        c if c.signed_up else c.model_copy(update={"signed_up": day_of(c.ready) - before})
        for c in scenario.cohorts
    )
    return altered(scenario, cohorts=cohorts)


@dataclass(frozen=True)
class Habits:
    """
    How the people of a scenario are, cohort by cohort.

    Attributes
    ----------
    people
        How many each cohort has: who is drawn is as they are, by their number.
    lead
        Days between signing up and being ready.
    patience
        Days between being ready and being due.
    parties
        Sizes of the parties, one for each; people who travel one by one are parties of one.
    """

    people: tuple[int, ...]
    lead: tuple[int, ...]
    patience: tuple[int, ...]
    parties: tuple[int, ...]

    @property
    def longest(self) -> int:
        """Days from signing up to being due, at most."""
        both = zip(self.lead, self.patience, strict=True)
        return max((a + b for a, b in both), default=0)


def habits_of(cohorts: Sequence[Cohort]) -> Habits:
    """How some people are."""
    sizes = [size for c in cohorts for size in (*c.parties, *[1] * (c.count - sum(c.parties)))]
    return Habits(
        people=tuple(c.count for c in cohorts),
        lead=tuple(max(0, (day_of(c.ready) - signed_up(c)).days) for c in cohorts),
        patience=tuple(max(0, (day_of(c.due) - day_of(c.ready)).days) for c in cohorts),
        parties=tuple(sizes),
    )


def draw_signups(
    forecast: Forecast,
    habits: Habits,
    days: Iterator[date],
    rng: Generator,
    *,
    prefix: str = "",
    expected: bool = False,
) -> Iterator[Cohort]:
    """
    People who sign up on some days.

    Parameters
    ----------
    forecast
        How many a day.
    habits
        How they are: lead and patience of one cohort for all who sign up on a day for a site.
    prefix
        What their ids begin with.
    expected
        As many as are expected, fractions by lot; if not, the number varies as the forecast says.
    """
    import numpy as np

    if not habits.people:
        return
    weights = np.array(habits.people) / sum(habits.people)
    for day in days:
        for number, rate in enumerate(forecast.on(day)):
            people = _expected(rate, rng) if expected else _drawn(rate, rng)
            like = int(rng.choice(len(weights), p=weights))
            if not people:
                continue
            ready = day + timedelta(days=habits.lead[like])
            yield Cohort(
                id=f"{prefix}{rate.origin[:24]}-{rate.site[:24]}-{day:%m%d}-{number}",
                origin=rate.origin,
                site=rate.site,
                priority=rate.priority,
                count=people,
                signed_up=day,
                ready=ready,
                due=ready + timedelta(days=habits.patience[like]),
                parties=tuple(_parties(habits, people, rng)),
            )


def _expected(rate: Rate, rng: Generator) -> int:
    return int(rate.per_day + rng.random())


def _drawn(rate: Rate, rng: Generator) -> int:
    """Poisson, its mean gamma where the rate has a spread."""
    mean = rate.per_day
    if rate.spread > LEAST_SPREAD and mean:
        shape = rate.spread**-2
        mean = float(rng.gamma(shape, mean / shape))
    return int(rng.poisson(mean))


def _parties(habits: Habits, people: int, rng: Generator) -> Iterator[int]:
    """Parties of two and more; whoever is left over travels alone."""
    left = people
    while left > 0:
        size = int(habits.parties[int(rng.integers(len(habits.parties)))])
        size = size if size <= left else 1
        left -= size
        if size > 1:
            yield size


def drawn_season(
    scenario: Scenario, forecast: Forecast, habits: Habits, days: int, rng: Generator
) -> Scenario:
    """
    The scenario with its sign-ups drawn.

    Parameters
    ----------
    days
        Days on which people sign up, from the first of the scenario on.
    """
    first = scenario.days.first
    last = first + timedelta(days=days - 1)
    signing = iter(first + timedelta(days=d) for d in range(days))
    lasting = forecast.model_copy(update={"last": last})
    cohorts = tuple(draw_signups(lasting, habits, signing, rng))
    horizon = scenario.days.model_copy(update={"last": last + timedelta(days=habits.longest)})
    return altered(scenario, cohorts=cohorts, days=horizon, frozen=())
