"""What is scarce, and which bases share it: parts that share nothing else can be priced apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_solvers.proof.moments import Moments
from p2p_solvers.proof.oracle import Room

Key = tuple[str, int, int]
"""What has a limit: units of a pool at a moment, or what a place takes or checks on a day, as a
calendar column."""

MOST_LINKS = 2500
"""Limits that may be rows of one programme; where there are more, those of places are left out."""


class Links(NamedTuple):
    """
    How bases hang together.

    Attributes
    ----------
    parts
        Numbers of rooms; nobody could ride in rooms of two parts.
    own
        For each part, what is scarce and no other part uses.
    shared
        What is scarce and several parts use.
    """

    parts: list[list[int]]
    own: list[set[Key]]
    shared: set[Key]


def links_of(problem: Problem, moments: Moments, rooms: Sequence[Room]) -> Links:
    """The parts of a problem, and what they use that is scarce."""
    parts = _parts(rooms)
    users: dict[Key, set[int]] = defaultdict(set)
    asked: dict[Key, dict[int, int]] = defaultdict(dict)
    for part, numbers in enumerate(parts):
        for number in numbers:
            for entry in rooms[number].block.entries:
                people = int(problem.people[entry.cohort])
                site, origin = int(problem.site[entry.cohort]), int(problem.origin[entry.cohort])
                for key in [
                    *(("takes", site, column) for column in entry.takes),
                    *(("checks", origin, column) for column in entry.checks),
                ]:
                    if limit_of(problem, moments, key) < NO_LIMIT:
                        users[key].add(part)
                        asked[key][entry.cohort] = people
    # what everybody fits in limits nothing
    scarce = [
        key for key, of in asked.items() if sum(of.values()) > limit_of(problem, moments, key)
    ]
    own: list[set[Key]] = [set() for _ in parts]
    shared = {key for key in scarce if len(users[key]) > 1}
    for key in scarce:
        if key not in shared:
            own[next(iter(users[key]))].add(key)
    return Links(parts, own, shared)


def limit_of(problem: Problem, moments: Moments, key: Key) -> int:
    """How much there is of what has a limit."""
    what, where, when = key
    if what == "units":
        return int(moments.units[where, when])
    limits = problem.intake if what == "takes" else problem.medical
    return int(limits[where, when])


def _parts(rooms: Sequence[Room]) -> list[list[int]]:
    """Rooms whose people hang together over bases, in order of their first."""
    first: dict[int, int] = {}
    above = {room.block.base: room.block.base for room in rooms}

    def top(base: int) -> int:
        while above[base] != base:
            base = above[base]
        return base

    for room in rooms:
        for cohort in set(room.cohort.tolist()):
            other = first.setdefault(cohort, room.block.base)
            above[top(room.block.base)] = top(other)
    parts: dict[int, list[int]] = defaultdict(list)
    for number, room in enumerate(rooms):
        parts[top(room.block.base)].append(number)
    return list(parts.values())
