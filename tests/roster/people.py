"""Rosters that fit a scenario."""

from __future__ import annotations

import random

from p2p_dispatch.roster import Person, Role, Roster
from p2p_dispatch.scenario import Scenario


def people_for(scenario: Scenario, *, seed: int = 0, more: tuple[Person, ...] = ()) -> Roster:
    """As many people as the cohorts of a scenario have, with their parties, shuffled."""
    draw = random.Random(seed)
    people: list[Person] = []
    for cohort in scenario.cohorts:
        parties = [f"party {i}" for i, size in enumerate(cohort.parties) for _ in range(size)]
        for i in range(cohort.count):
            alone = i - len(parties)
            people.append(
                Person(
                    id=f"{cohort.id}#{i}",
                    name=f"Somebody {i}",
                    county=draw.choice(["north", "south"]),
                    origin=cohort.origin,
                    site=cohort.site or "",
                    trade=cohort.trade or "",
                    ready=cohort.ready,
                    due=cohort.due,
                    party=parties[i] if alone < 0 else "",
                    accessible=0 <= alone < cohort.accessible,
                    role=draw.choice([Role.RIDER, Role.RIDER, Role.LEADER]),
                    cohort=cohort.id,
                )
            )
    people += more
    draw.shuffle(people)
    return Roster(tuple(people))
