"""Cohorts cut into groups: a party travels whole, the others may be split as the seats fall."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem
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
    """

    cohort: Ints
    people: Ints
    whole: Ints
    accessible: Ints


def groups_of(problem: Problem, most: int = NO_LIMIT) -> Groups:
    """
    Parties one by one, those in need of an accessible place, and the others, by cohort.

    Parameters
    ----------
    most
        Most people of a group of others.
    """
    rows = []
    for cohort, parties in enumerate(problem.parties):
        places = int(problem.accessible[cohort])
        alone = int(problem.people[cohort]) - sum(parties) - places
        rows += [(cohort, size, 1, 0) for size in parties]
        rows += [(cohort, places, 0, 1)] if places else []
        rows += [(cohort, min(most, alone - begin), 0, 0) for begin in range(0, alone, most)]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Groups(*(np.ascontiguousarray(column) for column in table.T))
