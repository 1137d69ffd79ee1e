"""Risk rules that would keep everybody at home."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft
from p2p_dispatch.scenario.places import Risk


def everybody_stays(draft: Draft) -> Iterator[Clash]:
    """A rule that already holds at low risk, which is the least there is."""
    rule = draft.scenario.rules.risk
    words = {"stay_from": "nobody may leave", "shut_from": "nobody is taken anywhere"}
    for name, who in words.items():
        if getattr(rule, name) is Risk.LOW:
            found = f"from low risk on {who}, and low is the least there is"
            right = "write medium or high, or leave it out"
            yield Clash("P2P1214", ("rules", "risk", name), found, right)
