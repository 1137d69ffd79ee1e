"""
Cohorts cut into groups: a party travels whole, the others may be split as the seats fall.

Where it is to be decided whose posts people fill, cohorts share their people. Then there is a group
for each site to which a piece of them could go, side by side; the first of these stands for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Jobs, Problem
from p2p_dispatch.problem.basics import Ints


class Groups(NamedTuple):
    """
    Pieces of cohorts.

    Attributes
    ----------
    cohort
        (n,) the cohort each is part of.
    people
        (n,) how many.
    whole
        (n,) 1 for a party, which travels together or stays; else 0.
    accessible
        (n,) 1 where each of them needs an accessible place.
    head
        (n,) the first group of the same people; itself where there is no other.
    """

    cohort: Ints
    people: Ints
    whole: Ints
    accessible: Ints
    head: Ints


def groups_of(problem: Problem, most: int = NO_LIMIT) -> Groups:
    """
    Parties one by one, those in need of an accessible place, and the others, by cohort.

    Parameters
    ----------
    most
        Most people of a group of others.
    """
    rows: list[tuple[int, int, int, int, int]] = []
    for cohorts, whose, number in _whose(problem):
        parties, needy = whose.parties[number], int(whose.accessible[number])
        alone = int(whose.people[number]) - sum(parties) - needy
        pieces = [(size, 1, 0) for size in parties]
        pieces += [(needy, 0, 1)] if needy else []
        pieces += [(min(most, alone - begin), 0, 0) for begin in range(0, alone, most)]
        for size, whole, accessible in pieces:
            head = len(rows)
            rows += [(cohort, size, whole, accessible, head) for cohort in cohorts]
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    return Groups(*(np.ascontiguousarray(column) for column in table.T))


def _whose(problem: Problem) -> Iterator[tuple[list[int], Problem | Jobs, int]]:
    """
    Cohorts that are the same people, and where it stands how many these are.

    Those of matches stand where their cohorts do: before the legs of ways by services.
    """
    sharing = problem.sharing
    first = problem.n_cohorts if sharing is None else sharing.n_own
    yield from (([cohort], problem, cohort) for cohort in range(first))
    if sharing is None:
        return
    for seeker in range(len(sharing.jobs.people)):
        cohorts = np.flatnonzero(sharing.seeker == seeker).tolist()
        if cohorts:
            yield cohorts, sharing.jobs, seeker
    end = first + sharing.jobs.n_matches
    yield from (([cohort], problem, cohort) for cohort in range(end, problem.n_cohorts))
