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


def lent_by_nobody(draft: Draft) -> Iterator[Clash]:
    """People to be lent who are bound for a site anyway, or whom no site with posts may have."""
    scenario, posts = draft.scenario, _posts(draft)
    sites = {site.id: site for site in scenario.sites}
    for i, cohort in enumerate(scenario.cohorts):
        lender, path = sites.get(cohort.lent_by or ""), ("cohorts", i, "lent_by")
        if cohort.lent_by is not None and cohort.site is not None:
            found = f"they are bound for {cohort.site}, and {cohort.lent_by} lends them"
            yield Clash("P2P1114", path, found, "take one of the two out")
        elif lender is not None and cohort.trade and posts[cohort.trade]:
            some = (sites[name] for name in (lender.id, *lender.lends) if name in sites)
            if not any(site.posts.get(cohort.trade) for site in some):
                found = f"{lender.id} lends nobody to a site with posts for {cohort.trade}"
                right = f"add such a site to the lends of {lender.id}, or take lent_by out"
                yield Clash("P2P1115", path, found, right)


def lent_to_nobody(draft: Draft) -> Iterator[Clash]:
    """A site that lends people to itself, or has a price for a site that it does not lend to."""
    for i, site in enumerate(draft.scenario.sites):
        if site.id in site.lends:
            found = f"{site.id} lends people to itself"
            yield Clash("P2P1116", ("sites", i, "lends", site.id), found, "take it out")
        for other in site.lends_at:
            if other not in site.lends:
                found = f"there is a price for {other}, and {site.id} lends nobody to it"
                right = "add it to lends, with how many it may have, or take the price out"
                yield Clash("P2P1116", ("sites", i, "lends_at", other), found, right)


def too_few_lent(draft: Draft) -> Iterator[Clash]:
    """More people of a site to be lent than it lends: some will stay behind."""
    people, first = Counter[str](), dict[str, int]()
    for i, cohort in enumerate(draft.scenario.cohorts):
        if cohort.lent_by is not None and cohort.site is None:
            people[cohort.lent_by] += cohort.count
            first.setdefault(cohort.lent_by, i)
    for site in draft.scenario.sites:
        most = sum(site.lends.values()) + sum(site.posts.values())
        if people[site.id] > most > 0:
            found = f"{people[site.id]} people of {site.id} are to be lent, it lends {most}"
            path = ("cohorts", first[site.id], "lent_by")
            yield Clash("P2P1117", path, found, "let it lend more; the others stay behind")


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
