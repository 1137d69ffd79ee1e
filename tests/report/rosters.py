"""Rosters with everything that has to be kept back or made harmless."""

from __future__ import annotations

from p2p_dispatch.roster import Gender, Person, Role, Roster
from p2p_dispatch.scenario import Scenario

NAMES = (
    '=HYPERLINK("x")', "<img src=x onerror=alert(1)>", "王小明", "+1 安娜", "-韦", "@李",
)  # fmt: skip
"""What people may be called as far as a spreadsheet or a browser is concerned."""


def roster_of(scenario: Scenario) -> Roster:
    """As many people as the cohorts have, each with numbers of their own."""
    people: list[Person] = []
    for cohort in scenario.cohorts:
        parties = [f"{cohort.id}-{i}" for i, size in enumerate(cohort.parties) for _ in range(size)]
        for i in range(cohort.count):
            n = len(people)
            people.append(
                Person(
                    id=f"p{n}",
                    name=NAMES[n % len(NAMES)] if n < 600 else f"韦 {n}",
                    identity=f"4521021990{n:08}"[-17:] + "X",
                    phone=f"138{n:08}",
                    contact=f"母亲 139{n:08}",
                    gender=Gender.UNKNOWN,
                    origin=cohort.origin,
                    site=cohort.site or "",
                    trade=cohort.trade or "",
                    party=parties[i] if i < len(parties) else "",
                    accessible=0 <= i - len(parties) < cohort.accessible,
                    role=Role.LEADER if i == 0 else Role.RIDER,
                    cohort=cohort.id,
                    note=f"id 4521021990{n:08}"[:20],
                )
            )
    return Roster(tuple(people))


def secrets(roster: Roster) -> set[str]:
    """What may stand in no file unless somebody asked for it."""
    found = {person.identity for person in roster.people}
    found |= {person.phone for person in roster.people}
    return found | {person.contact.split()[-1] for person in roster.people}
