"""What trips of services share among them."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.problem import NO_LIMIT, Offer, Services

Key = tuple[str, int, int]
"""What is limited: a rule, of which pool or hub, and when."""


def limits_of(services: Services, offer: Offer) -> Iterator[tuple[Key, int]]:
    """What a trip of an offer takes one of, and how many there are."""
    if offer.pool >= 0:
        yield ("pool", offer.pool, 0), int(services.pool_trips[offer.pool])
        yield ("daily", offer.pool, offer.day), int(services.pool_daily[offer.pool, offer.day])
    if offer.booked:
        return  # the train runs anyway
    for i, hub in enumerate(offer.places):
        minute = offer.goes[i] if i < offer.n_board else offer.comes[i]
        most = int(services.slot_trips[hub])
        if most < NO_LIMIT:
            yield ("slot", hub, minute // int(services.slot_minutes[hub])), most
