"""Who travels: cohorts, and the classes of priority they belong to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from p2p_dispatch.scenario.base import NOT_BOOL, Count, Id, Limit, Moment, Money, Part, Share, Text
from p2p_dispatch.scenario.places import Risk


class Cohort(Part):
    """People the planner may treat as equal: same origin, same site or trade, same days."""

    id: Id
    """The name by which the plan speaks of these people; keep it from one day to the next."""

    origin: Id
    """Where they board."""

    site: Id | None = None
    """The employer's gate they travel to; none where their job is still open."""

    trade: Id | None = None
    """What they can do, where their job is open: they fill posts of this trade at any site."""

    lent_by: Id | None = None
    """The site whose people they are, where it has more of them than work: they fill posts of
    their trade at sites that it ``lends`` to, or of its own. None: they are nobody's yet."""

    count: Count
    """How many people."""

    ready: Moment
    """From when they can leave: signed up and, where the origin checks people, due for it."""

    due: Moment
    """By when they must be at the site. A day means the end of that day; planned by the day, it
    is the last day of departure."""

    signed_up: Moment | None = None
    """When they signed up, from when on the planner knows of them; none: on the day on which they
    are ready. Only ``week`` asks: all others plan everybody in the file."""

    priority: Id | None = None
    """Their class among ``priorities``; none: the common price of ``prices.left_behind``."""

    parties: tuple[Count, ...] = ()
    """Sizes of the parties among them that must stay together, e.g. ``[4, 3]``. The others
    travel one by one."""

    risk: Risk | None = None
    """Their own risk level, where it is stricter than that of their origin."""

    accessible: Limit = 0
    """How many of those who travel one by one need an accessible place."""

    luggage: Limit = 1
    """Pieces of luggage per person; counted where a vehicle has a limit."""


class Priority(Part):
    """A class of people, and what it is worth to take one of them along."""

    id: Id
    name: Text = ""
    left_behind: Money
    """What leaving one person of this class behind costs the plan."""

    late_day: Money | None = None
    """What each day late costs per person; none: the common price of ``prices.late_day``."""

    least_share: Share = 0.0
    """Share of the people of this class that a plan must move."""

    subsidy: Money = 0
    """What somebody else pays per person of this class who is moved."""


class Payer(Part):
    """Somebody who pays for the charters: an employer, a bureau at either end."""

    id: Id
    name: Text = ""
    share: Annotated[float, Field(ge=0, le=1), NOT_BOOL]
    """Share of the cost of everybody whose site names no payers of its own. The shares of all
    payers add up to 1."""

    ceiling: Money | None = None
    """Most this payer can pay, subsidies deducted; none: no limit."""
