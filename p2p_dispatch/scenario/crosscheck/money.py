"""Money: shares that make a whole, and people who are worth taking along."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft


def shares_of_all(draft: Draft) -> Iterator[Clash]:
    """The shares of the payers."""
    payers = draft.scenario.payers
    total = sum(payer.share for payer in payers)
    if payers and abs(total - 1) > 1e-6:
        found = f"the shares of the payers add up to {total:g}"
        yield Clash("P2P1407", ("payers",), found, "let them add up to 1")


def shares_of_sites(draft: Draft) -> Iterator[Clash]:
    """The shares of those who pay for one site."""
    for i, site in enumerate(draft.scenario.sites):
        total = sum(site.paid_by.values())
        if site.paid_by and abs(total - 1) > 1e-6:
            found = f"the shares add up to {total:g}"
            yield Clash("P2P1408", ("sites", i, "paid_by"), found, "let them add up to 1")


def left_for_nothing(draft: Draft) -> Iterator[Clash]:
    """People who cost nothing when they are left behind: the cheapest plan leaves them."""
    scenario = draft.scenario
    found = "leaving somebody behind costs nothing, so the cheapest plan moves nobody"
    right = "write what taking one person along is worth, more than a seat costs"
    if scenario.prices.left_behind == 0:
        yield Clash("P2P1107", ("prices", "left_behind"), found, right)
    for i, priority in enumerate(scenario.priorities):
        if priority.left_behind == 0:
            yield Clash("P2P1107", ("priorities", i, "left_behind"), found, right)
