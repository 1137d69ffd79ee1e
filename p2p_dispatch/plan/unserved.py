"""Who is left behind, and why: those bound for a site, and those who look for posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from p2p_dispatch.plan.model import Unserved
from p2p_dispatch.plan.reasons import LENT_OUT, NO_POSTS, OPEN_JOB, POSTS_FILLED, reason
from p2p_dispatch.problem import Departures, Jobs, Ledger, Load, Problem, TripChoice, TripRun
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.blocked import NEARNESS, Blocked, why_left
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.solution import Journey

MOST_SITES = 5
"""Sites with posts left at which it is asked why somebody did not come there: the nearest."""


def bound_cohorts(scenario: Scenario, problem: Problem) -> tuple[Cohort, ...]:
    """
    Cohorts as loads and journeys number them, all of them bound for a site.

    First those that are bound for one anyway; then, for each match of the problem, its seekers as
    if they were bound for the site of its opening.
    """
    jobs = problem.jobs
    if jobs is None:
        return scenario.placed
    places, seeking = tuple(scenario.places), scenario.seeking
    sites = (places[jobs.site[opening]] for opening in jobs.opening)
    return (
        *scenario.placed,
        *(
            seeking[seeker].model_copy(update={"site": site})
            for seeker, site in zip(jobs.seeker, sites, strict=True)
        ),
    )


@dataclass
class _Left:
    """What is left of a cohort."""

    people: int
    parties: Counter[int]
    accessible: int

    def less(self, some: Load | Journey) -> None:
        """Without some who are moved."""
        self.people -= some.people
        self.parties -= Counter(some.parties)
        self.accessible -= some.accessible

    @property
    def together(self) -> tuple[int, ...]:
        """Its parties, the largest first."""
        return tuple(sorted(self.parties.elements(), reverse=True))

    def easiest(self) -> tuple[int, int]:
        """The smallest part of it that can travel, and how many of it need an accessible place."""
        alone = self.people - sum(self.together)
        # the needy are among those alone; if others are too, one of those is the easiest
        return (1, 1 if alone == self.accessible else 0) if alone else (self.together[-1], 0)


def unserved_of(
    scenario: Scenario,
    problem: Problem,
    coaches: Problem | None,
    bound: Sequence[Cohort],
    trips: Sequence[tuple[TripChoice, TripRun]],
    moved: Sequence[Load | Journey],
) -> tuple[Unserved, ...]:
    """
    Everybody whom a plan leaves behind, and why.

    Parameters
    ----------
    coaches
        The problem that the trips refer to; none: the problem itself.
    bound
        The cohorts that loads and journeys refer to, from :func:`bound_cohorts`.
    trips
        Coaches, with how they run.
    moved
        Who goes by coach all the way, and who by a service.
    """
    ledger = Ledger(coaches or problem)
    for choice, run in trips:
        ledger.add(choice, run)
    left, unplaced = _left(problem, moved)
    why = _Why(scenario, problem, coaches, bound, ledger, moved)
    seeking = scenario.seeking
    placed = [
        _unserved(bound[number], some, *why.placed(number, some))
        for number, some in enumerate(left)
        if some.people
    ]
    without_post = [
        _unserved(seeking[number], some, *why.seeking(number, seeking[number], some))
        for number, some in enumerate(unplaced)
        if some.people
    ]
    return (*placed, *without_post)


def _left(problem: Problem, moved: Sequence[Load | Journey]) -> tuple[list[_Left], list[_Left]]:
    """What is left of the cohorts that are bound for a site, and of those that seek."""
    jobs = problem.jobs
    left, unplaced = (
        [
            _Left(int(people), Counter(parties), int(accessible))
            for people, parties, accessible in zip(
                some.people, some.parties, some.accessible, strict=True
            )
        ]
        if some
        else []
        for some in (problem, jobs)
    )
    for some in moved:
        match = some.cohort - problem.n_cohorts
        whose = left[some.cohort] if match < 0 or jobs is None else unplaced[jobs.seeker[match]]
        whose.less(some)
    return left, unplaced


def _unserved(cohort: Cohort, left: _Left, rule: str, words: str) -> Unserved:
    return Unserved(
        cohort=cohort.id,
        count=left.people,
        parties=left.together,
        accessible=left.accessible,
        reason=rule,
        words=words,
    )


class _Why:
    """Why people are left behind, read off the finished plan."""

    def __init__(
        self,
        scenario: Scenario,
        problem: Problem,
        coaches: Problem | None,
        bound: Sequence[Cohort],
        ledger: Ledger,
        moved: Sequence[Load | Journey],
    ):
        self.scenario, self.problem, self.bound = scenario, problem, bound
        self.ledger, self.moved = ledger, moved
        self.asked = coaches or problem
        jobs, self.matches = problem.jobs, self.asked.jobs is None
        if jobs and self.matches:
            # of a match everybody could go who seeks
            people = self.asked.people.copy()
            people[problem.n_cohorts : len(self.bound)] = jobs.people[jobs.seeker]
            self.asked = replace(self.asked, people=people)
        self.departures = Departures(self.asked)

    def placed(self, number: int, left: _Left) -> tuple[str, str]:
        """The rule that keeps people from the site they are bound for, and a sentence."""
        people, needy = left.easiest()
        blocked = self._blocked(number, people, needy)
        return self._said(number, blocked, needy)

    def seeking(self, number: int, cohort: Cohort, left: _Left) -> tuple[str, str]:
        """The rule that keeps people from posts of their trade, and a sentence."""
        jobs = self.problem.jobs
        assert jobs is not None
        if not self.matches:
            return "intake", OPEN_JOB.format(trade=cohort.trade)
        openings = np.unique(jobs.opening[jobs.seeker == number])
        posts = int(jobs.posts[openings].sum())
        if not posts:
            return "intake", NO_POSTS.format(trade=cohort.trade)
        people, needy = left.easiest()
        open_ones = self._open(jobs, number)
        if not open_ones:
            if cohort.lent_by is not None and (self._left(jobs)[0][openings] > 0).any():
                lender = self.scenario.places[cohort.lent_by].label
                return "intake", LENT_OUT.format(lender=lender, trade=cohort.trade)
            return "intake", POSTS_FILLED.format(trade=cohort.trade, posts=posts)
        every = {match: self._blocked(match, people, needy) for match in open_ones}
        nearest = max(every, key=lambda match: NEARNESS.index(every[match].obstacle))
        return self._said(nearest, every[nearest], needy)

    def _open(self, jobs: Jobs, seeker: int) -> list[int]:
        """Numbers, as cohorts, of the matches of a seeker that have posts left: the nearest."""
        posts, loans = self._left(jobs)
        matches = np.flatnonzero((jobs.seeker == seeker) & (posts[jobs.opening] > 0))
        matches = matches[[jobs.loan[m] < 0 or loans[jobs.loan[m]] > 0 for m in matches.tolist()]]
        origins, sites = jobs.cohorts["origin"][matches], jobs.site[jobs.opening[matches]]
        nearest = matches[np.argsort(self.problem.metres[origins, sites], kind="stable")]
        return [self.problem.n_cohorts + int(match) for match in nearest[:MOST_SITES]]

    def _left(self, jobs: Jobs) -> tuple[Ints, Ints]:
        """Posts that nobody fills, and how many people more are lent."""
        posts, loans = jobs.posts.copy(), jobs.loans.copy()
        for some in self.moved:
            match = some.cohort - self.problem.n_cohorts
            if match >= 0:
                posts[jobs.opening[match]] -= some.people
                if jobs.loan[match] >= 0:
                    loans[jobs.loan[match]] -= some.people
        return posts, loans

    def _blocked(self, number: int, people: int, needy: int) -> Blocked:
        return why_left(self.asked, self.ledger, self.departures, number, people, needy)

    def _said(self, number: int, blocked: Blocked, needy: int) -> tuple[str, str]:
        words = reason(self.scenario, self.bound[number], blocked, needy=bool(needy))
        return blocked.rule, words
