"""Why somebody was left behind, as a sentence."""

from __future__ import annotations

from p2p_dispatch.problem.blocked import Blocked
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.scenario.places import Origin, Site

SENTENCES = {
    "fleet": "no depot serves {origin}",
    "risk": "the risk levels of {days} keep them from travelling from {origin} to {site}",
    "seats": "no coach has {seat} for them on {days}",
    "windows": (
        "no coach can take them between {ready} and {due}: opening hours, closed days or the "
        "driving time do not leave room"
    ),
    "stops": "the ride from {origin} to {site} is longer than the rules allow",
    "crew": "no crew can drive from {origin} to {site} within the driving hours",
    "notice": "no coach that could take them can still be ordered in time",
    "medical": "the check at {origin} is full on {days} ({medical} a day)",
    "intake": "{site} is full on {days} ({intake} a day)",
    "slots": "every slot at {origin} or {site} is taken on {days}",
    "minimum-load": "they are too few for a coach of their own, and none with seats left passes",
    "budget": "no money is left for a coach on {days}",
    "units": "every coach that could take them is out on {days}",
    "priority": (
        "no rule blocks them: a coach of their own could leave on {days}, but the solver did not "
        "send it"
    ),
}
"""One sentence for each obstacle of ``problem.blocked.NEARNESS``."""


OPEN_JOB = "their job as {trade} is open, and the solver does not match people to posts"
"""Why people are left behind whose posts no strategy looks for."""

NO_POSTS = "no site has posts for {trade}"
"""Why people are left behind whose trade nobody needs."""

POSTS_FILLED = "more people look for posts as {trade} than there are: {posts}, all of them filled"
"""Why people are left behind whom others were before."""

LENT_OUT = "{lender} lends no more people to sites with posts for {trade}"
"""Why people are left behind who are lent, and whom others were before."""


def reason(scenario: Scenario, cohort: Cohort, blocked: Blocked, *, needy: bool) -> str:
    """
    What keeps the people of a cohort from leaving.

    Parameters
    ----------
    needy
        Whether all that are left need an accessible place.
    """
    origin, site = scenario.places[cohort.origin], scenario.places[cohort.site or ""]
    assert isinstance(origin, Origin)
    assert isinstance(site, Site)
    dates = [scenario.dates[day] for day in blocked.days]
    return SENTENCES[blocked.obstacle].format(
        seat="an accessible place" if needy else "a seat",
        origin=origin.label,
        site=site.label,
        ready=cohort.ready,
        due=cohort.due,
        days=_listed([f"{day.day} {day:%b}" for day in dates]),
        medical=_figures(origin.medical_per_day(day) for day in dates),
        intake=_figures(site.intake_per_day(day) for day in dates),
    )


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _figures(limits: object) -> str:
    return "/".join(str(n) for n in dict.fromkeys(limits) if n is not None)  # type: ignore[call-overload]
