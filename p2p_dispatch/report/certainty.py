"""How good a plan is, in sentences that never say more than was proved."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from p2p_dispatch.plan.model import Plan, Quality, Tier
from p2p_dispatch.report.figures import Figures, GapShare
from p2p_dispatch.report.language import Language, english
from p2p_dispatch.report.sentences import retold
from p2p_dispatch.report.words import money, percent


def certainty(plan: Plan, language: Language | None = None) -> str:
    """Where the plan lies against its bound."""
    say = language or english()
    certificate = plan.certificate
    if certificate.tiers:
        return say("tiers.and").join(_tier(plan, tier, language) for tier in certificate.tiers)
    if certificate.bound is None:
        return say("certainty.none", strategy=plan.made.strategy)
    least = money(math.floor(certificate.bound), plan.currency)
    total = money(plan.value.total, plan.currency)
    how = retold(certificate.how, say)
    words = say("certainty.bound", least=least, how=how, total=total)
    if plan.quality is Quality.OPTIMAL:
        words += say("certainty.optimal")
    if certificate.gap is not None:
        # Rounded up: 0.04 % is not 0.0 %.
        gap = math.ceil(certificate.gap * 1000 - 1e-9) / 10
        words += say("certainty.gap", gap=f"{gap:.1f}")
    return words + _left_out(certificate.leaves_out, language)


def _left_out(rules: Sequence[str], language: Language | None) -> str:
    """The rules that a bound leaves out; empty where it leaves out none."""
    say = language or english()
    if not rules:
        return ""
    # by their ids where the terminal speaks of rules by id, in words to everybody else
    told = [say.said("rules", rule) if language else rule for rule in rules]
    return say("certainty.leaves_out", rules=say("spoken.comma").join(told))


def _tier(plan: Plan, tier: Tier, language: Language | None) -> str:
    """What the plan comes to in a tier, and what is proved of plans as good in those before it."""
    say = language or english()

    def amount(value: float) -> str:
        if tier.name == "cost":
            return money(value, plan.currency)
        return f"{round(value):,}"

    words = say(f"tiers.{tier.name}", amount=amount(tier.value))
    if tier.bound is None:
        return words + say("tiers.none")
    how = retold(tier.how, say)
    if tier.bound >= tier.value:
        words += say("tiers.best", how=how)
    else:
        least = math.floor(tier.bound) if tier.name == "cost" else math.ceil(tier.bound - 1e-9)
        words += say("tiers.bound", least=amount(least), how=how)
    return words + _left_out(tier.leaves_out, language)


MOST_PLACES = 3
"""Places that are named of those on which the gap lies."""


def where_it_lies(known: Figures, language: Language | None = None) -> str:
    """On what the gap lies, and at which places most of it; empty where nobody says."""
    say = language or english()
    if not known.gap_by_rule:
        return ""

    def told(part: GapShare) -> str:
        what = say.said("gap", part.what)
        of = say("gap_share.at", what=what, place=part.name) if part.place else what
        return say("gap_share.part", of=of, share=f"{round(100 * part.share)}")

    def some(parts: tuple[GapShare, ...], most: int) -> str:
        return say("gap_share.and").join(told(part) for part in parts[:most] if part.share >= 0.01)

    rules = some(known.gap_by_rule, len(known.gap_by_rule))
    places = some(known.gap_by_place, MOST_PLACES)
    return say("gap_share.where", rules=rules, places=places)


def in_plain_words(
    plan: Plan, known: Figures, language: Language, other: Figures | None = None, called: str = ""
) -> Iterator[str]:
    """
    What a planner would say of a plan, sentence by sentence.

    Parameters
    ----------
    other
        The figures of the plan it is compared with; none: with no other.
    called
        What that plan is called.
    """
    left = known.people - known.moved
    key = "plain.all" if not left else "plain.some" if known.moved else "plain.nobody"
    yield language(key, moved=f"{known.moved:,}", people=f"{known.people:,}", left=f"{left:,}")
    if known.allowed:
        yield language(
            "plain.seats",
            share=percent(known.filled, known.allowed),
            empty=percent(known.empty_km, known.km),
        )
    if known.waited:
        yield language("plain.waited", days=f"{known.waited / known.moved:.1f}")
    if other is not None and other.moved and known.moved:
        yield _against(known, other, called, language)
    words = certainty(plan, language)
    yield _sentence(words) + language("stop")
    if where := where_it_lies(known, language):
        yield _sentence(where) + language("stop")
    if known.assumed:
        yield language("plain.assumed", parts=listed(known.assumed, language))


def listed(parts: Sequence[str], language: Language) -> str:
    """Parts of a scenario that nobody vouches for, by their names where it has any."""
    seats = "seats "
    names = (
        language("parts.seats", id=part.removeprefix(seats))
        if part.startswith(seats)
        else language.said("parts", part)
        for part in parts
    )
    return language("spoken.comma").join(names)


def _against(known: Figures, other: Figures, called: str, language: Language) -> str:
    """Money against the other plan; by head where they do not move as many people."""
    if known.moved == other.moved:
        less, key = _less(known.money, other.money), "plain.same_people"
    else:
        less, key = _less(known.per_person or 0, other.per_person or 0), "plain.other_people"
    if less is None:
        return language("plain.no_cost", plan=called)
    share = f"{abs(less):.1f}"
    if float(share):
        how = language("plain.cheaper" if less > 0 else "plain.dearer", share=share)
    else:
        how = language("plain.as_dear")
    mine, others = f"{known.moved:,}", f"{other.moved:,}"
    text = language(key, plan=called, how=how, mine=mine, other=others)
    return _sentence(text)


def _less(mine: float, other: float) -> float | None:
    return 100 * (1 - mine / other) if other > 0 else None


def _sentence(text: str) -> str:
    """With a capital, if the language has such; ``str.capitalize`` would make the rest small."""
    return text[:1].upper() + text[1:]
