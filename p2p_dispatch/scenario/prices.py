"""What things cost that are not a vehicle's own price."""

from __future__ import annotations

from p2p_dispatch.scenario.base import Money, Part, Text


class Prices(Part):
    """Prices in the scenario's currency."""

    driver_day: Money
    """One driver for one day."""

    left_behind: Money
    """Leaving one person behind, where their priority class sets no other value."""

    waiting_day: Money = 0
    """One person waiting one day after being ready."""

    late_day: Money = 0
    """One person arriving one day after being due, where ``rules.priority`` lets them."""

    transfer: Money = 0
    """One person changing from one trip to another once."""

    changed_day: Money = 0
    """Telling one person another day of leaving home, or to stay, after they were told one."""

    changed_hour: Money = 0
    """Telling one person another minute of leaving home on the same day."""

    changed_vehicle: Money = 0
    """Telling one person another service, or coach of another pool."""

    changed_place: Money = 0
    """Telling one person another place to board or to get off at last."""

    empty_post: Money = 0
    """One open post of a site that nobody fills."""

    empty_key_post: Money = 0
    """The same of a key employer."""

    basis: Text = ""
    """Where the prices come from; begins with ASSUMPTION where nobody said so."""
