"""Open jobs: each cohort bound for a site or for posts, and posts for those who look for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from p2p_dispatch.reading.near import nearest
from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft


def site_or_trade(draft: Draft) -> Iterator[Clash]:
    """A cohort that names both, or neither."""
    cohorts = draft.scenario.cohorts
    nowhere = [i for i, c in enumerate(cohorts) if c.site is None and c.trade is None]
    right = "write the site they travel to, or the trade whose posts they may fill"
    if len(cohorts) > 1 and len(nowhere) == len(cohorts):
        # once for a table that lacks the column, not once for each of its rows
        found = "no cohort names a site or a trade"
        yield Clash("P2P1111", ("cohorts",), found, right)
        return
    for i in nowhere:
        yield Clash("P2P1111", ("cohorts", i), "there is neither a site nor a trade", right)
    for i, cohort in enumerate(cohorts):
        if cohort.site is not None and cohort.trade is not None:
            found = f"they are bound for {cohort.site}, and their job as {cohort.trade} is open"
            yield Clash("P2P1111", ("cohorts", i, "trade"), found, "take one of the two out")


def unknown_trades(draft: Draft) -> Iterator[Clash]:
    """People whose trade nobody needs."""
    posts = _posts(draft)
    for i, cohort in enumerate(draft.scenario.cohorts):
        if cohort.trade is not None and cohort.site is None and not posts[cohort.trade]:
            near = nearest(cohort.trade, [trade for trade in posts if posts[trade]])
            right = f"did you mean {near}?" if near else "add it to the posts of a site"
            found = f"no site has posts for {cohort.trade}"
            yield Clash("P2P1112", ("cohorts", i, "trade"), found, right)


def too_few_posts(draft: Draft) -> Iterator[Clash]:
    """More people of a trade than posts: some will stay behind."""
    posts, people = _posts(draft), Counter[str]()
    first: dict[str, int] = {}
    for i, cohort in enumerate(draft.scenario.cohorts):
        if cohort.trade is not None and cohort.site is None:
            people[cohort.trade] += cohort.count
            first.setdefault(cohort.trade, i)
    for trade, number in people.items():
        if number > posts[trade] > 0:
            found = f"{number} people look for posts as {trade}, there are {posts[trade]}"
            right = "ask employers for more posts; the others stay behind"
            yield Clash("P2P1113", ("cohorts", first[trade], "trade"), found, right)


def _posts(draft: Draft) -> Counter[str]:
    posts = Counter[str]()
    for site in draft.scenario.sites:
        posts.update(site.posts)
    return posts
