"""
Open jobs as a strategy sees them: who looks for posts, which there are, who may fill which.

A cohort with a trade and no site *seeks*. The posts of one trade at one site are an *opening*.
Seekers and an opening of their trade are a *match*: these people, bound for that site. All that is
needed to plan a cohort is known of a match, so two problems follow from one with open jobs:

- ``matched``, where somebody has said how many fill which posts: each match is a cohort of its
  own, bound for a site like all others;
- ``spread``, where that is still to be decided: each match is a cohort with all the people of its
  seekers, and ``Sharing`` says which cohorts are the same people and which fill the same posts.

In both the cohorts of matches follow those of the problem, in order and all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from p2p_dispatch.problem.basics import Ints

if TYPE_CHECKING:
    from p2p_dispatch.problem.problem import Problem


@dataclass(frozen=True, eq=False, kw_only=True)
class Jobs:
    """
    Seekers, openings and matches; arrays are read-only.

    Attributes
    ----------
    people, accessible
        (n_seekers,) people in each cohort that seeks, and how many need an accessible place.
    parties
        Per seeker the sizes of the parties that stay together, largest first.
    value
        (n_seekers,) cents that leaving one person behind costs, without any post.
    trade
        (n_seekers,) number of their trade.
    site, needs
        (n_openings,) place and trade of each opening, key employers as they come.
    posts, empty
        (n_openings,) how many, and cents that each costs which nobody fills.
    seeker, opening
        (n_matches,) who could fill which.
    loan
        (n_matches,) the loan by which these people, who are lent, fill those posts; -1: none.
    loans
        (n_loans,) most people whom one site lends to another.
    cohorts
        Columns of ``Problem`` for cohorts: one for each match, with all the people of its seekers.
        Its ``value`` is that of leaving one behind and a post empty: who fills a post spares both.
    """

    people: Ints
    accessible: Ints
    parties: tuple[tuple[int, ...], ...]
    value: Ints
    trade: Ints
    site: Ints
    needs: Ints
    posts: Ints
    empty: Ints
    seeker: Ints
    opening: Ints
    loan: Ints
    loans: Ints
    cohorts: Mapping[str, Any]

    def __post_init__(self) -> None:
        columns = [getattr(self, name) for name in self.__dataclass_fields__]
        for array in (*columns, *self.cohorts.values()):
            if isinstance(array, np.ndarray):
                array.setflags(write=False)

    @property
    def n_matches(self) -> int:
        """How many matches there are."""
        return len(self.seeker)

    @property
    def nobody(self) -> int:
        """Cents that it costs if nobody fills a post."""
        return int((self.people * self.value).sum() + (self.posts * self.empty).sum())


@dataclass(frozen=True, eq=False, kw_only=True)
class Sharing:
    """
    Cohorts that are the same people, or fill the same posts.

    Attributes
    ----------
    jobs
        Their people and posts.
    n_own
        Cohorts that stand before those of the matches.
    seeker, opening, loan
        (n_cohorts,) the seekers whose people a cohort is, the opening it fills, and the loan it
        needs; -1: its own people, who fill none; nobody lends them.
    """

    jobs: Jobs
    n_own: int
    seeker: Ints
    opening: Ints
    loan: Ints

    def with_others(self, cohorts: int) -> Sharing:
        """The same with some cohorts more that are their own people."""
        none = np.full(cohorts, -1, dtype=np.int64)
        return replace(
            self,
            seeker=np.concatenate((self.seeker, none)),
            opening=np.concatenate((self.opening, none)),
            loan=np.concatenate((self.loan, none)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """How many people of a match there are; parties and people with needs are among them."""

    people: int = 0
    parties: tuple[int, ...] = ()
    accessible: int = 0


def spread(problem: Problem, kept: Sequence[int] | None = None) -> Problem:
    """
    The problem with a cohort for each match, which share their people and their posts.

    Parameters
    ----------
    kept
        Numbers of the matches that may be used, the cohorts of all others have nobody; none: all.
    """
    jobs = problem.jobs
    if jobs is None:
        return problem
    used = np.full(jobs.n_matches, kept is None)
    if kept is not None:
        used[list(kept)] = True
    none = np.full(problem.n_cohorts, -1, dtype=np.int64)
    sharing = Sharing(
        jobs=jobs,
        n_own=problem.n_cohorts,
        seeker=np.concatenate((none, np.where(used, jobs.seeker, -1))),
        opening=np.concatenate((none, np.where(used, jobs.opening, -1))),
        loan=np.concatenate((none, np.where(used, jobs.loan, -1))),
    )
    columns = {
        "people": np.where(used, jobs.cohorts["people"], 0),
        "accessible": np.where(used, jobs.cohorts["accessible"], 0),
        "parties": tuple(
            parties if use else ()
            for parties, use in zip(jobs.cohorts["parties"], used, strict=True)
        ),
    }
    return replace(_with(problem, {**jobs.cohorts, **columns}), sharing=sharing)


def matched(problem: Problem, chosen: Sequence[Matched]) -> Problem:
    """
    The problem with a cohort for each match, bound for its site.

    What its plans cost differs from what they cost in the whole by :func:`beside`.

    Parameters
    ----------
    chosen
        For each match the people who are to fill its posts.
    """
    jobs = problem.jobs
    if jobs is None:
        return problem
    columns = {
        "people": np.array([some.people for some in chosen], dtype=np.int64),
        "accessible": np.array([some.accessible for some in chosen], dtype=np.int64),
        "parties": tuple(tuple(sorted(some.parties, reverse=True)) for some in chosen),
    }
    return _with(problem, {**jobs.cohorts, **columns})


def beside(problem: Problem, chosen: Sequence[Matched]) -> int:
    """Cents of the people whom a matching leaves behind, and of the posts that it leaves empty."""
    jobs = problem.jobs
    if jobs is None:
        return 0
    value = jobs.cohorts["value"]
    return jobs.nobody - sum(some.people * int(value[match]) for match, some in enumerate(chosen))


def _with(problem: Problem, cohorts: Mapping[str, Any]) -> Problem:
    """The problem with some cohorts more."""
    columns: dict[str, Any] = {
        name: (*getattr(problem, name), *column)
        if isinstance(column, tuple)
        else np.concatenate((getattr(problem, name), column))
        for name, column in cohorts.items()
    }
    more = len(cohorts["people"])
    told = problem.told and problem.told.with_others(more)
    return replace(problem, **columns, jobs=None, told=told)
