"""Open jobs in indices: who seeks, which openings there are, and the problems that follow."""

from __future__ import annotations

import numpy as np

from p2p_dispatch.problem import Jobs, Matched, Problem, beside, build, matched, spread
from p2p_dispatch.travel import travel_of
from tests.tiny import baoan, chancheng, cohort, tiny_scenario


def seeker(**changes: object) -> dict[str, object]:
    """Thirty people from Gangbei who look for posts as welders."""
    return {**cohort(id="gb", trade="welder", parties=[4, 3]), "site": None, **changes}


def problem_of(**changes: object) -> Problem:
    """
    30 welders and 12 cooks between cohorts that are bound for a site.

    Bao'an, a key employer, has 20 posts for welders; Chancheng 15, and 5 for cooks.
    """
    first = {"id": "first", "left_behind": 9000, "subsidy": 400}
    scenario = tiny_scenario(
        **{
            "sites": [
                baoan(posts={"welder": 20}, key=True, subsidies={"first": 1000}),
                chancheng(posts={"welder": 15, "cook": 5}, handover={"town": 3}),
            ],
            "hubs": [{"id": "town", "lat": 23.0, "lon": 113.1}],
            "priorities": [first],
            "cohorts": [
                seeker(priority="first"),
                cohort(),
                seeker(id="pn", origin="pingnan", trade="cook", count=12, parties=[]),
            ],
            "prices": {
                "driver_day": 400,
                "left_behind": 5000,
                "empty_post": 70,
                "empty_key_post": 200,
            },
            **changes,
        }
    )
    return build(scenario, travel_of(scenario))


def jobs_of(problem: Problem) -> Jobs:
    assert problem.jobs is not None
    return problem.jobs


def test_where_everybody_is_bound_for_a_site_there_is_nothing_to_match() -> None:
    problem = problem_of(cohorts=[cohort()])
    assert problem.jobs is None
    assert spread(problem) is problem
    assert matched(problem, ()) is problem
    assert beside(problem, ()) == 0


def test_seekers_and_openings_meet_by_trade() -> None:
    """Welders at either site, cooks at the second: three matches."""
    problem = problem_of()
    jobs = jobs_of(problem)
    assert problem.people.tolist() == [30]
    assert jobs.people.tolist() == [30, 12]
    assert jobs.value.tolist() == [900_000, 500_000]
    assert jobs.posts.tolist() == [20, 15, 5]
    assert jobs.empty.tolist() == [20_000, 7_000, 7_000]
    assert list(zip(jobs.seeker.tolist(), jobs.opening.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 2),
    ]


def test_a_match_is_worth_its_people_and_its_posts() -> None:
    """Somebody left behind, 9,000 or 5,000, and the post that is then empty."""
    jobs = jobs_of(problem_of())
    assert jobs.cohorts["value"].tolist() == [920_000, 907_000, 507_000]
    assert jobs.cohorts["subsidy"].tolist() == [140_000, 40_000, 0]
    assert [len(drops) for drops in jobs.cohorts["drops"]] == [1, 2, 2]


def test_spread_every_match_is_a_cohort_that_shares_people_and_posts() -> None:
    problem = problem_of()
    whole = spread(problem)
    assert whole.jobs is None
    assert whole.people.tolist() == [30, 30, 30, 12]
    assert whole.parties == ((), (4, 3), (4, 3), ())
    gangbei, pingnan = int(problem.origin[0]), int(jobs_of(problem).cohorts["origin"][2])
    assert whole.origin.tolist() == [gangbei, gangbei, gangbei, pingnan]
    assert whole.sharing is not None
    assert whole.sharing.seeker.tolist() == [-1, 0, 0, 1]
    assert whole.sharing.opening.tolist() == [-1, 0, 1, 2]


def test_matched_every_match_has_the_people_it_was_given() -> None:
    """20 and 10 welders; what is left of it all is 7 cooks and 5 posts at Chancheng."""
    problem = problem_of()
    chosen = (Matched(people=20, parties=(3, 4)), Matched(people=10), Matched(people=5))
    whole = matched(problem, chosen)
    assert (whole.jobs, whole.sharing) == (None, None)
    assert whole.people.tolist() == [30, 20, 10, 5]
    assert whole.parties == ((), (4, 3), (), ())
    assert beside(problem, chosen) == 7 * 500_000 + 5 * 7_000
    assert beside(problem, (Matched(),) * 3) == jobs_of(problem).nobody


def test_a_trade_that_nobody_needs_has_no_match() -> None:
    problem = problem_of(cohorts=[seeker(trade="baker"), seeker(id="x", trade="cook")])
    jobs = jobs_of(problem)
    assert jobs.seeker.tolist() == [1]
    assert spread(problem).people.tolist() == [30]


def test_who_has_no_posts_left_has_no_match() -> None:
    sites = [baoan(posts={"welder": 0}), chancheng(posts={"welder": 2})]
    assert jobs_of(problem_of(sites=sites, cohorts=[seeker()])).opening.tolist() == [1]


def test_arrays_are_read_only() -> None:
    jobs = jobs_of(problem_of())
    arrays = [jobs.people, jobs.posts, jobs.cohorts["value"], spread(problem_of()).people]
    assert not any(array.flags.writeable for array in arrays)
    assert all(array.dtype == np.int64 for array in arrays)
