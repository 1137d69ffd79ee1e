"""People to posts as it is done by hand: whoever is ready first, key employers first."""

from __future__ import annotations

from p2p_dispatch.problem import Matched, Problem


def match_by_hand(problem: Problem) -> tuple[Matched, ...]:
    """
    For each match of a problem with open jobs the people who are to fill its posts.

    Cohorts come by when they are ready, then by when they are due; each fills the posts whose
    employers lose most by an empty one, and of equal ones those that are listed first, parties
    before those who travel alone. Nobody asks how far it is.
    """
    jobs = problem.jobs
    assert jobs is not None
    posts, loans = jobs.posts.copy(), jobs.loans.copy()
    chosen = [Matched() for _ in range(jobs.n_matches)]
    ready, due = jobs.cohorts["ready"], jobs.cohorts["due"]
    of_seeker: dict[int, list[int]] = {}
    for match, seeker in enumerate(jobs.seeker.tolist()):
        of_seeker.setdefault(seeker, []).append(match)
    for seeker, matches in sorted(
        of_seeker.items(), key=lambda each: (ready[each[1][0]], due[each[1][0]])
    ):
        parties, needy = list(jobs.parties[seeker]), int(jobs.accessible[seeker])
        alone = int(jobs.people[seeker]) - sum(parties)
        for match in sorted(matches, key=lambda match: -jobs.empty[jobs.opening[match]]):
            opening, loan = jobs.opening[match], jobs.loan[match]
            left, whole = int(posts[opening]), []
            if loan >= 0:
                left = min(left, int(loans[loan]))
            for size in list(parties):
                if size <= left:
                    left -= size
                    whole.append(size)
                    parties.remove(size)
            some = min(left, alone)
            alone -= some
            chosen[match] = Matched(
                people=sum(whole) + some, parties=tuple(whole), accessible=min(some, needy)
            )
            needy -= chosen[match].accessible
            posts[opening] -= chosen[match].people
            if loan >= 0:
                loans[loan] -= chosen[match].people
    return tuple(chosen)
