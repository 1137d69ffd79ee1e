"""Whose people cohorts are: where jobs are open the same people are a cohort for each match."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from p2p_dispatch.problem import Problem
from p2p_dispatch.problem.basics import Ints


@dataclass(frozen=True, eq=False, kw_only=True)
class Crowds:
    """
    People who are one cohort, or several of which each of them is in one at the most.

    Attributes
    ----------
    of
        (n_cohorts,) the crowd whose people a cohort is.
    people, accessible, value
        (n_crowds,) people, how many of them need an accessible place, and cents that leaving one
        behind costs, without any post.
    parties
        Per crowd the sizes of the parties that stay together.
    origin, class_of
        (n_crowds,) as of its cohorts; -1: it has none, since nobody needs its trade.
    opening
        (n_cohorts,) the posts that a cohort fills; -1: none.
    posts, empty
        (n_openings,) how many, and cents that each costs which nobody fills.
    loan, loans
        (n_cohorts,) the loan that a cohort needs, -1: none; (n_loans,) most people of each.
    """

    of: Ints
    people: Ints
    accessible: Ints
    value: Ints
    parties: tuple[tuple[int, ...], ...]
    origin: Ints
    class_of: Ints
    opening: Ints
    posts: Ints
    empty: Ints
    loan: Ints
    loans: Ints

    @property
    def n_crowds(self) -> int:
        """How many crowds there are."""
        return len(self.people)

    @property
    def nobody(self) -> int:
        """Cents that it costs if nobody is moved, and nobody fills a post."""
        return int((self.people * self.value).sum() + (self.posts * self.empty).sum())

    def least(self, cost: Ints, none: int) -> Ints:
        """(n_crowds,) the least that a cohort of each crowd costs; ``none`` where it has none."""
        least = np.full(self.n_crowds, none, dtype=np.int64)
        np.minimum.at(least, self.of, cost)
        return least


def crowds_of(problem: Problem) -> Crowds:
    """The crowds of a problem whose cohorts are bound for sites: ``spread``, or as it is."""
    sharing, n = problem.sharing, problem.n_cohorts
    none = np.zeros(0, dtype=np.int64)
    if sharing is None:
        return Crowds(
            of=np.arange(n),
            people=problem.people,
            accessible=problem.accessible,
            value=problem.value,
            parties=problem.parties,
            origin=problem.origin,
            class_of=problem.class_of,
            opening=np.full(n, -1, dtype=np.int64),
            posts=none,
            empty=none,
            loan=np.full(n, -1, dtype=np.int64),
            loans=none,
        )
    jobs, own = sharing.jobs, np.flatnonzero(sharing.seeker < 0)
    of = sharing.seeker + len(own)
    of[own] = np.arange(len(own))
    lost = np.full(len(jobs.people), -1, dtype=np.int64)
    origin, class_of = (
        np.concatenate((column[own], lost)) for column in (problem.origin, problem.class_of)
    )
    origin[of], class_of[of] = problem.origin, problem.class_of
    return Crowds(
        of=of,
        people=np.concatenate((problem.people[own], jobs.people)),
        accessible=np.concatenate((problem.accessible[own], jobs.accessible)),
        value=np.concatenate((problem.value[own], jobs.value)),
        parties=(*(problem.parties[c] for c in own.tolist()), *jobs.parties),
        origin=origin,
        class_of=class_of,
        opening=sharing.opening,
        posts=jobs.posts,
        empty=jobs.empty,
        loan=sharing.loan,
        loans=jobs.loans,
    )
