"""Which matches are worth trying: who could go to hundreds of sites tries some of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from p2p_dispatch.problem import Matched, Problem, spread
from p2p_solvers.jobs.matching import Match, match_people, useful_matches

MOST = 24
"""Matches that a cohort tries: with each more it takes longer to put its people on a trip."""


def narrowed(problem: Problem) -> Problem:
    """
    A problem with open jobs spread over the matches worth trying; any other as it is.

    These are the ones that a matching made first uses; then those to sites for which others leave
    the same origin, whose trips may have seats left; then the others. Of equals the cheapest.
    """
    if problem.jobs is None:
        return problem
    useful = useful_matches(problem)
    return narrowed_to(problem, useful, match_people(problem, useful))


def narrowed_to(problem: Problem, useful: Sequence[Match], chosen: Sequence[Matched]) -> Problem:
    """The same where the matching is known."""
    jobs = problem.jobs
    assert jobs is not None
    origins, sites = jobs.cohorts["origin"].tolist(), jobs.site[jobs.opening].tolist()
    used = [match for match, some in enumerate(chosen) if some.people]
    together = set(zip(problem.origin.tolist(), problem.site.tolist(), strict=True))
    together |= {(origins[match], sites[match]) for match in used}
    of_seeker: defaultdict[int, list[tuple[bool, bool, int, int]]] = defaultdict(list)
    for match, cents in useful:
        rank = (
            not chosen[match].people,
            (origins[match], sites[match]) not in together,
            cents,
            match,
        )
        of_seeker[int(jobs.seeker[match])].append(rank)
    kept = [rank[-1] for ranks in of_seeker.values() for rank in sorted(ranks)[:MOST]]
    return spread(problem, kept)
