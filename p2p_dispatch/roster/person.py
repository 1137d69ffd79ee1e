"""A person of the roster, and the roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class Role(StrEnum):
    """What somebody of the roster is on board for."""

    RIDER = "rider"
    """Travels to work; one of the people of a cohort."""

    LEADER = "leader"
    """A rider who can lead a vehicle: calls the roll, keeps the list, telephones."""

    ESCORT = "escort"
    """Goes along for the organiser, and is in no cohort: takes a seat that a rule keeps for
    staff."""

    MEDIC = "medic"
    """The same for health."""

    STANDBY = "standby"
    """Travels only if somebody does not come, and is in no cohort."""

    @property
    def rides(self) -> bool:
        """Whether such a person is one of the people of a cohort."""
        return self in (Role.RIDER, Role.LEADER)


class Gender(StrEnum):
    """As far as the roster says it."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """
    One row of the roster.

    Names, identity numbers and telephone numbers stand here and nowhere else; scenario and plan
    speak of cohorts and counts.
    """

    id: str
    """By which a seating speaks of them; no two people of a roster have the same."""

    name: str
    """As written, any script; may hold anything a cell may hold, also ``=`` or ``<``."""

    source: str = ""
    """The sheet they come from: ``list.xlsx!Sheet1`` or ``list.csv``."""

    row: int = 0
    """Their row there, from 1; 0 where they come from no sheet."""

    identity: str = ""
    """Number of the identity card or another document; empty where the roster has none."""

    phone: str = ""
    gender: Gender = Gender.UNKNOWN

    contact: str = ""
    """Whom to call in an emergency."""

    county: str = ""
    """Where they live, as written."""

    origin: str = ""
    """Id of the origin where they board."""

    employer: str = ""
    """Who employs them, as written."""

    site: str = ""
    """Id of the site they travel to; empty where their job is open."""

    trade: str = ""
    """What they can do, where their job is open."""

    ready: date | None = None
    """From when they can leave; a day, or a local day and clock time."""

    due: date | None = None
    """By when they must be at the site; the same."""

    priority: str = ""
    """Their class; empty: none."""

    party: str = ""
    """Name of the family or team that they must not be parted from; empty: they travel alone."""

    accessible: bool = False
    """Whether they need an accessible place."""

    luggage: int = 1
    """Pieces of luggage."""

    role: Role = Role.RIDER

    cohort: str = ""
    """Id of the cohort they are counted in; empty for those who are in none."""

    note: str = ""


@dataclass(frozen=True)
class Roster:
    """Everybody who signed up, cleaned; in the order of the sheet."""

    people: tuple[Person, ...]

    def __len__(self) -> int:
        return len(self.people)

    @cached_property
    def by_id(self) -> Mapping[str, Person]:
        """Everybody by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def by_cohort(self) -> Mapping[str, tuple[Person, ...]]:
        """Who is counted in each cohort."""
        found = defaultdict[str, list[Person]](list)
        for person in self.people:
            if person.cohort:
                found[person.cohort].append(person)
        return {cohort: tuple(people) for cohort, people in found.items()}
