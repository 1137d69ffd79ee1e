"""What it takes to put people of one group on a trip, or on a new one."""

from __future__ import annotations

from p2p_dispatch.problem import net
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import KEPT, NEVER, at, compiled, put, small
from p2p_dispatch.problem.timing import column_of, lay_road, least_cost
from p2p_dispatch.problem.work import (
    ARRIVES,
    BACK,
    BOARD_DAY,
    COST,
    DAYS,
    FIGURES,
    GOES,
    LEAVE,
    N_PICKS,
    N_STOPS,
    TIMES,
)
from p2p_dispatch.problem.work import POOL as DRAFT_POOL
from p2p_dispatch.problem.work import STOPS as DRAFT
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import onward_of, price_of, slot_of, stop_at
from p2p_solvers.engine.draft import arrange, draft_stop, needs
from p2p_solvers.engine.gaps import draft_unit_free, lacks_unit, time_between
from p2p_solvers.engine.known import time_as_before, time_draft, time_if_known
from p2p_solvers.engine.memory import (
    ACCESSIBLE,
    BAG_ROOM,
    BAGS,
    CENTS,
    DROPS,
    FIRST_DAY,
    GROUPS,
    LAST_DAY,
    LEVEL,
    LOADS,
    ORIGIN,
    PLACES,
    POOLS,
    RISK,
    SEATS,
    SITE,
    STOPS,
    T_BACK,
    T_COST,
    T_DAY,
    T_LEAVE,
    T_LOADS,
    T_LOCKED,
    T_PEOPLE,
    T_PICKS,
    T_POOL,
    T_STOPS,
    TRIPS,
    WHOLE,
)
from p2p_solvers.engine.pools import holds_all, other_vehicle, serves_all


@small
def level_of(m: Ints, group: int, day: int) -> int:
    """Risk level of a group's people: their origin's, or their own if stricter."""
    origin = at(m, GROUPS, group, ORIGIN)
    return max(at(m, RISK, origin, day + m[net.PAD]), at(m, GROUPS, group, LEVEL))


@small
def may_travel(m: Ints, group: int, day: int) -> bool:
    """Whether the days of a group and the risk levels of a day let it travel."""
    if not at(m, GROUPS, group, FIRST_DAY) <= day <= at(m, GROUPS, group, LAST_DAY):
        return False
    shut = at(m, RISK, at(m, GROUPS, group, SITE), day + m[net.PAD]) >= m[e.SHUT_FROM]
    return not shut and level_of(m, group, day) < m[e.STAY_FROM]


@compiled
def _bag_and_place_room(m: Ints, s: Ints, row: int, pool_row: int, group: int) -> int:
    """People of a group for whom luggage and accessible places are left; -1: a new trip."""
    people = NEVER
    bags, places = at(m, POOLS, pool_row, BAG_ROOM), at(m, POOLS, pool_row, PLACES)
    each, needy = at(m, GROUPS, group, BAGS), at(m, GROUPS, group, ACCESSIBLE)
    if (each == 0 or bags >= NEVER) and not needy:
        return people
    for i in range(at(s, TRIPS, row, T_LOADS) if row >= 0 else 0):
        who, riders = at(s, LOADS, row, 3 * i), at(s, LOADS, row, 3 * i + 1)
        bags -= riders * at(m, GROUPS, who, BAGS)
        places -= riders * at(m, GROUPS, who, ACCESSIBLE)
    if each:
        people = min(people, bags // each)
    if needy:
        people = min(people, places)
    return people


@compiled
def same_days(m: Ints, s: Ints, w: Ints, row: int) -> bool:
    """Whether those already on board still board and arrive on the same days."""
    n, picks = at(s, TRIPS, row, T_STOPS), at(s, TRIPS, row, T_PICKS)
    for j in range(w[N_STOPS]):
        boards = j < w[N_PICKS]
        i = stop_at(s, row, at(w, DRAFT, 0, j), 0 if boards else picks, picks if boards else n)
        if i < 0:
            continue
        old = at(s, e.GOES, row, i) if boards else at(s, e.ARRIVES, row, i)
        new = at(w, TIMES, GOES, j) if boards else at(w, TIMES, ARRIVES, j)
        if old != new and column_of(m, old) != column_of(m, new):
            return False
    return True


@compiled
def slots_free(m: Ints, s: Ints, w: Ints, row: int) -> bool:
    """Whether every stop of the draft falls into a slot that has room for it."""
    for i in range(w[N_STOPS]):
        place = at(w, DRAFT, 0, i)
        most = at(m, e.SLOTS, place, 1)
        if most >= NEVER:
            continue
        minute = at(w, TIMES, GOES, i) if i < w[N_PICKS] else at(w, TIMES, ARRIVES, i)
        slot = slot_of(m, place, minute)
        used = at(s, e.IN_SLOT, place, slot)
        if row >= 0:
            picks = at(s, TRIPS, row, T_PICKS)
            old = stop_at(s, row, place, 0, at(s, TRIPS, row, T_STOPS))
            if old >= 0:
                was = at(s, e.GOES, row, old) if old < picks else at(s, e.ARRIVES, row, old)
                used -= 1 if slot_of(m, place, was) == slot else 0
        if used >= most:
            return False
    return True


@small
def posts_left(m: Ints, s: Ints, group: int) -> int:
    """Posts that are left where a group would fill some, if they are lent to that site."""
    left = NEVER
    for column in (e.OPENING, e.LOAN):
        row = at(m, GROUPS, group, column)
        if row >= 0:
            left = min(left, at(m, e.POSTS, row, 0) - at(s, e.FILLED, row, 0))
    return left


@small
def waiting(m: Ints, s: Ints, group: int) -> int:
    """People of a group who are left behind, those who could go elsewhere too."""
    return at(s, e.WAITING, at(m, GROUPS, group, e.HEAD), 0)


@compiled
def _shared_room(m: Ints, s: Ints, w: Ints, row: int, group: int, drop: int, most: int) -> int:
    """People of a group whom checks, intake, posts and slots let pass at the times of the draft."""
    origin, site = at(m, GROUPS, group, ORIGIN), at(m, GROUPS, group, SITE)
    boarded = arrived = at(w, FIGURES, 0, BOARD_DAY) + m[net.PAD]
    if not m[net.BY_DAY]:
        boarded = column_of(m, at(w, TIMES, GOES, draft_stop(w, origin, 0)))
        arrived = column_of(m, at(w, TIMES, ARRIVES, draft_stop(w, drop, w[N_PICKS])))
    people = min(most, at(m, e.MEDICAL, origin, boarded) - at(s, e.CHECKED, origin, boarded))
    people = min(people, at(m, e.INTAKE, site, arrived) - at(s, e.TAKEN, site, arrived))
    people = min(people, posts_left(m, s, group))
    if people <= 0:
        return 0
    if row >= 0 and not m[net.BY_DAY] and not same_days(m, s, w, row):
        return 0
    if m[e.HAS_SLOTS] and not slots_free(m, s, w, row):
        return 0
    return people


@compiled
def _room_at(m: Ints, s: Ints, w: Ints, row: int, group: int, drop: int, most: int) -> int:
    """The same, and the pool must have a unit for the trip at these times."""
    people = _shared_room(m, s, w, row, group, drop, most)
    leave, back = at(w, FIGURES, 0, LEAVE), at(w, FIGURES, 0, BACK)
    same = leave == at(s, TRIPS, row, T_LEAVE) and back == at(s, TRIPS, row, T_BACK)
    if people <= 0 or (same and w[DRAFT_POOL] == at(s, TRIPS, row, T_POOL)):
        return people
    return people if draft_unit_free(m, s, w, at(s, TRIPS, row, T_DAY), row) else 0


@compiled
def _others(m: Ints, s: Ints, w: Ints, row: int) -> int:
    """Cents by which other times, or another pool, make those already on board dearer."""
    cents, pool, other = 0, at(s, TRIPS, row, T_POOL), w[DRAFT_POOL]
    day, n, picks = at(s, TRIPS, row, T_DAY), at(s, TRIPS, row, T_STOPS), at(s, TRIPS, row, T_PICKS)
    for i in range(at(s, TRIPS, row, T_LOADS)):
        group, riders = at(s, LOADS, row, 3 * i), at(s, LOADS, row, 3 * i + 1)
        drop = at(s, LOADS, row, 3 * i + 2)
        if m[e.HAS_TOLD] or at(m, GROUPS, group, e.LATE_DAY):
            origin = at(m, GROUPS, group, ORIGIN)
            old = at(s, e.ARRIVES, row, stop_at(s, row, drop, picks, n))
            new = at(w, TIMES, ARRIVES, draft_stop(w, drop, w[N_PICKS]))
            went = at(s, e.GOES, row, stop_at(s, row, origin, 0, picks))
            goes = at(w, TIMES, GOES, draft_stop(w, origin, 0))
            if new != old or went != goes or pool != other:
                more = price_of(m, group, other, drop, day, goes, new)
                more -= price_of(m, group, pool, drop, day, went, old)
                cents += riders * more
    return cents


@compiled
def _affordable(m: Ints, s: Ints, w: Ints, row: int, group: int, drop: int, people: int) -> bool:
    """Whether the ceilings of the budget bear the draft with some people more."""
    cost, onward = at(w, FIGURES, 0, COST), onward_of(m, group, drop)
    old_cost = at(s, TRIPS, row, T_COST) if row >= 0 else 0
    old_people = at(s, TRIPS, row, T_PEOPLE) if row >= 0 else 0
    money = s[e.MONEY] + cost - old_cost + people * onward
    if m[e.CEILING] < NEVER and money > m[e.CEILING]:
        return False
    if not m[e.HAS_CEILINGS]:
        return True
    each, old_each = -(-cost // (old_people + people)), old_cost // max(1, old_people)
    for payer in range(m[e.N_PAYERS]):
        share = at(m, e.PAID_BY, group, payer)
        paid = at(s, e.PAID, payer, 0) + people * (each + onward) * share // 1_000_000
        for i in range(at(s, TRIPS, row, T_LOADS) if row >= 0 else 0):
            who, riders = at(s, LOADS, row, 3 * i), at(s, LOADS, row, 3 * i + 1)
            paid += riders * (each - old_each) * at(m, e.PAID_BY, who, payer) // 1_000_000
        # a cent a rider for what whole numbers lose
        if paid + (s[e.ROWS] + 1) * 100 > at(m, e.PAYERS, payer, 0):
            return False
    return True


@compiled
def offer_on(
    m: Ints, s: Ints, w: Ints, row: int, pool_row: int, group: int, drop: int, best: int
) -> int:
    """
    People of a group whom a trip can take; ``w[CENTS]`` is by how much that raises the costs.

    What their class is worth is not counted. The draft is the trip with them, made by the pool of
    ``pool_row``. Nobody is taken where that surely costs ``best`` each or more.
    """
    pool, day = at(m, POOLS, pool_row, e.POOL), at(s, TRIPS, row, T_DAY)
    if at(s, TRIPS, row, T_LOCKED) or not may_travel(m, group, day):
        return 0
    other = pool != at(s, TRIPS, row, T_POOL)
    if other and not (serves_all(m, s, row, pool) and holds_all(m, s, row, pool_row)):
        return 0
    if m[e.APART] and level_of(m, group, day) != level_of(m, at(s, LOADS, row, 0), day):
        return 0
    want, column = waiting(m, s, group), day + m[net.PAD]
    origin = at(m, GROUPS, group, ORIGIN)
    risk = max(at(m, RISK, origin, column), at(m, RISK, drop, column))
    for i in range(at(s, TRIPS, row, T_STOPS)):
        risk = max(risk, at(m, RISK, at(s, STOPS, row, i), column))
    people = min(want, at(m, SEATS, pool, column * 3 + risk) - at(s, TRIPS, row, T_PEOPLE))
    people = min(people, _bag_and_place_room(m, s, row, pool_row, group))
    whole = at(m, GROUPS, group, WHOLE)
    if people <= 0 or (whole and people < want):
        return 0
    w[DRAFT_POOL] = pool
    if not arrange(m, s, w, row, group, drop):
        return 0
    wait = (day - at(m, GROUPS, group, e.READY_DAY)) * m[e.WAITING_DAY]
    more = least_cost(m, w) - at(s, TRIPS, row, T_COST)
    if more // people + wait + onward_of(m, group, drop) >= best:
        return 0
    fits, least, known = 0, want if whole else 1, False
    if not m[net.BY_DAY]:
        known = time_if_known(m, w, day)
        if known:
            fits = _room_at(m, s, w, row, group, drop, people)
        if fits < least and time_as_before(m, s, w, row):
            fits = _room_at(m, s, w, row, group, drop, people)
            if at(w, FIGURES, 0, DAYS) > at(s, TRIPS, row, e.T_DAYS):
                # the longer trip may find no unit; if it does, an hour may suit it better
                if fits < least:
                    return 0
                fits = 0
    # the departure that is known was tried
    if fits < least and not known and time_draft(m, w, day):
        fits = _room_at(m, s, w, row, group, drop, people)
    if fits < least and lacks_unit(m, s, w, day, row) and time_between(m, s, w, day, row):
        fits = _room_at(m, s, w, row, group, drop, people)
    people = fits
    if people <= 0 or (whole and people < want):
        return 0
    if not _affordable(m, s, w, row, group, drop, people):
        return 0
    arrives = at(w, TIMES, ARRIVES, draft_stop(w, drop, w[N_PICKS]))
    w[CENTS] = at(w, FIGURES, 0, COST) - at(s, TRIPS, row, T_COST)
    goes = at(w, TIMES, GOES, draft_stop(w, origin, 0))
    w[CENTS] += people * price_of(m, group, pool, drop, day, goes, arrives)
    if not m[net.BY_DAY]:
        w[CENTS] += _others(m, s, w, row)
    elif m[e.HAS_TOLD] and other:
        w[CENTS] += other_vehicle(m, s, row, pool)
    return people


@compiled
def offer_new(
    m: Ints,
    s: Ints,
    w: Ints,
    pool_row: int,
    day: int,
    group: int,
    drop_row: int,
    hoped: int,
    best: int,
) -> int:
    """The same for a new trip of a pool on a day, if so many are hoped to share it."""
    pool, column = at(m, POOLS, pool_row, e.POOL), day + m[net.PAD]
    if at(m, e.UNITS, pool, column) <= 0 or not may_travel(m, group, day):
        return 0
    if not at(s, e.MINE, pool, 0):
        return 0
    want, origin = waiting(m, s, group), at(m, GROUPS, group, ORIGIN)
    drop = at(m, DROPS, drop_row, 0)
    risk = max(at(m, RISK, origin, column), at(m, RISK, drop, column))
    people = min(want, at(m, SEATS, pool, column * 3 + risk))
    people = min(people, _bag_and_place_room(m, s, -1, pool_row, group))
    whole = at(m, GROUPS, group, WHOLE)
    if people <= 0 or (whole and people < want):
        return 0
    w[DRAFT_POOL], w[N_STOPS], w[N_PICKS] = pool, 2, 1
    put(w, DRAFT, 0, 0, origin)
    put(w, DRAFT, 0, 1, drop)
    needs(m, s, w, -1, group, drop)
    if lay_road(m, w) != KEPT:
        return 0
    beside = (day - at(m, GROUPS, group, e.READY_DAY)) * m[e.WAITING_DAY]
    beside += onward_of(m, group, drop)
    least = least_cost(m, w)
    if least // max(people, hoped) + beside >= best or least + people * beside > s[e.SPARE]:
        return 0
    if not time_draft(m, w, day):
        return 0
    if at(w, FIGURES, 0, COST) // max(people, hoped) + beside >= best:
        return 0
    if not draft_unit_free(m, s, w, day, -1) and not time_between(m, s, w, day, -1):
        return 0
    people = _shared_room(m, s, w, -1, group, drop, people)
    if people <= 0 or (whole and people < want):
        return 0
    if not _affordable(m, s, w, -1, group, drop, people):
        return 0
    arrives = at(w, TIMES, ARRIVES, 1)
    goes = at(w, TIMES, GOES, 0)
    each = price_of(m, group, pool, drop, day, goes, arrives)
    w[CENTS] = at(w, FIGURES, 0, COST) + people * each
    return people
