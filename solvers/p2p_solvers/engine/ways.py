"""
Ways by services: a group goes by coach all the way, or by a service with coaches before and after.

The coaches to a service and from it are legs: groups that nobody is in until a group goes that way.
Then all its people wait for both legs, and no more for a coach all the way. Who could go to several
sites has the ways to all of them.
"""

from __future__ import annotations

from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import add, at, compiled, put, small
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.board import lane_of
from p2p_solvers.engine.chance import draw
from p2p_solvers.engine.insert import best_offer, insert_on, insert_one, least_each
from p2p_solvers.engine.memory import (
    ABOARD,
    CHECKED,
    COSTS,
    GROUPS,
    INTAKE,
    LEFT,
    LOG_WAYS,
    MEDICAL,
    PEOPLE,
    ROOM,
    SITE,
    SWITCHED,
    T_LOADS,
    TAKEN,
    TRIPS,
    VALUE,
    W_BEFORE,
    W_CENTS,
    W_CHECKED,
    W_GROUP,
    W_ONWARD,
    W_SERVICE,
    W_TAKEN,
    WAITING,
    WAY,
    WAYS,
)
from p2p_solvers.engine.offer import posts_left
from p2p_solvers.engine.ruin import take_off

LOOKED_AT = 3
"""Ways by services that a group looks at when it is put on."""


@small
def _wait(m: Ints, s: Ints, group: int, people: int) -> None:
    """So many people more of a group have no seat; they are left behind until they have one."""
    add(s, WAITING, at(m, GROUPS, group, e.HEAD), 0, people)
    s[LEFT] += people
    s[COSTS] += people * at(m, GROUPS, group, VALUE)


@compiled
def _go_by(m: Ints, s: Ints, way: int, people: int) -> None:
    """Let people of a group who have no seat go by a service; fewer than none: no more."""
    group = at(m, WAYS, way, W_GROUP)
    _wait(m, s, group, -people)
    if at(m, GROUPS, group, e.OPENING) >= 0:
        add(s, e.FILLED, at(m, GROUPS, group, e.OPENING), 0, people)
    if at(m, GROUPS, group, e.LOAN) >= 0:
        add(s, e.FILLED, at(m, GROUPS, group, e.LOAN), 0, people)
    for column in (W_BEFORE, W_ONWARD):
        leg = at(m, WAYS, way, column)
        if leg >= 0:
            _wait(m, s, leg, people)
    s[COSTS] += at(m, WAYS, way, W_CENTS) // at(m, GROUPS, group, PEOPLE) * people
    service = at(m, WAYS, way, W_SERVICE)
    add(s, ABOARD, service, 0, people)
    add(s, ABOARD, service, 1, people * at(m, GROUPS, group, e.BAGS))
    if at(m, WAYS, way, W_CHECKED) >= 0:
        add(s, CHECKED, at(m, GROUPS, group, e.ORIGIN), at(m, WAYS, way, W_CHECKED), people)
    if at(m, WAYS, way, W_TAKEN) >= 0:
        add(s, TAKEN, at(m, GROUPS, group, SITE), at(m, WAYS, way, W_TAKEN), people)


@compiled
def switch(m: Ints, s: Ints, head: int, way: int) -> None:
    """Let people go by a row of ``WAYS``, or by coach all the way: -1."""
    before = at(s, WAY, head, 0) - 1
    if before >= 0:
        _go_by(m, s, before, -at(m, GROUPS, at(m, WAYS, before, W_GROUP), PEOPLE))
    if way >= 0:
        _go_by(m, s, way, at(m, GROUPS, at(m, WAYS, way, W_GROUP), PEOPLE))
    put(s, WAY, head, 0, way + 1)


@small
def _switch_noted(m: Ints, s: Ints, head: int, way: int) -> None:
    put(s, LOG_WAYS, s[SWITCHED], 0, head)
    put(s, LOG_WAYS, s[SWITCHED], 1, at(s, WAY, head, 0))
    s[SWITCHED] += 1
    switch(m, s, head, way)


@compiled
def switch_back(m: Ints, s: Ints) -> None:
    """Let all go as they did when the round began."""
    for i in range(s[SWITCHED] - 1, -1, -1):
        switch(m, s, at(s, LOG_WAYS, i, 0), at(s, LOG_WAYS, i, 1) - 1)
    s[SWITCHED] = 0


@compiled
def is_open(m: Ints, s: Ints, way: int) -> bool:
    """Whether a service, and what the way uses beside coaches, have room for a group."""
    group, service = at(m, WAYS, way, W_GROUP), at(m, WAYS, way, W_SERVICE)
    people = at(m, GROUPS, group, PEOPLE)
    if people > posts_left(m, s, group):
        return False
    if at(s, ABOARD, service, 0) + people > at(m, ROOM, service, 0):
        return False
    bags = people * at(m, GROUPS, group, e.BAGS)
    if at(s, ABOARD, service, 1) + bags > at(m, ROOM, service, 1):
        return False
    origin, column = at(m, GROUPS, group, e.ORIGIN), at(m, WAYS, way, W_CHECKED)
    if column >= 0 and at(s, CHECKED, origin, column) + people > at(m, MEDICAL, origin, column):
        return False
    site, column = at(m, GROUPS, group, SITE), at(m, WAYS, way, W_TAKEN)
    return column < 0 or at(s, TAKEN, site, column) + people <= at(m, INTAKE, site, column)


@compiled
def _spared_by(m: Ints, s: Ints, w: Ints, way: int, hope: int, best: int) -> int:
    """Cents each that a group spares by going a way, as far as it matters against ``best``."""
    group = at(m, WAYS, way, W_GROUP)
    people = at(m, GROUPS, group, PEOPLE)
    spared = at(m, GROUPS, group, VALUE) - at(m, WAYS, way, W_CENTS) // people
    _go_by(m, s, way, people)
    for column in (W_BEFORE, W_ONWARD):
        leg = at(m, WAYS, way, column)
        if leg >= 0 and spared > best:
            most = min(at(m, GROUPS, leg, VALUE), spared - best)
            spared -= least_each(m, s, w, leg, hope, most)
    _go_by(m, s, way, -people)
    return spared


@compiled
def choose_way(m: Ints, s: Ints, w: Ints, head: int, hope: int) -> bool:
    """
    Let people who wait go by a service if that is cheaper than by coach, and put them on.

    A few of the ways are looked at. Some may still wait then, for one more coach; False: none takes
    them, and no way was chosen.
    """
    last = at(m, GROUPS, head, e.MATES_END) - 1
    first, end = at(m, GROUPS, head, e.WAY_FROM), at(m, GROUPS, last, e.WAY_END)
    if first == end or at(s, WAITING, head, 0) < at(m, GROUPS, head, PEOPLE):
        return True
    group, row, day = best_offer(m, s, w, head, hope, at(m, GROUPS, head, VALUE))
    drop, pool = s[e.CHOSEN_DROP], s[e.CHOSEN_POOL]
    best, chosen = 0, -1
    if row >= 0 or day >= 0:
        best = at(m, GROUPS, group, VALUE) - s[e.CHOSEN_PRICE]
    begin = draw(s, end - first)
    for i in range(min(LOOKED_AT, end - first)):
        way = first + (begin + i) % (end - first)
        if is_open(m, s, way):
            spared = _spared_by(m, s, w, way, hope, best)
            if spared > best:
                best, chosen = spared, way
    if chosen < 0 or s[SWITCHED] >= s[e.MOST_SWITCHED]:
        s[e.CHOSEN_DROP], s[e.CHOSEN_POOL], s[e.DRAFTED] = drop, pool, 0
        return insert_on(m, s, w, group, row, day)
    _switch_noted(m, s, head, chosen)
    for column in (W_BEFORE, W_ONWARD):
        leg = at(m, WAYS, chosen, column)
        while leg >= 0 and at(s, WAITING, leg, 0) > 0:
            if not insert_one(m, s, w, leg, hope):
                break
    return True


@compiled
def _take_all_off(m: Ints, s: Ints, w: Ints, leg: int) -> None:
    """Take everybody of a leg off their trips."""
    origin = at(m, GROUPS, leg, e.ORIGIN)
    for p in range(at(m, e.SERVED_BY, origin, 0), at(m, e.SERVED_BY, origin + 1, 0)):
        for day in range(at(m, GROUPS, leg, e.FIRST_DAY), at(m, GROUPS, leg, e.LAST_DAY) + 1):
            lane, i = lane_of(m, at(m, e.POOLS, p, e.POOL), day), 0
            while i < at(s, e.IN_LANE, lane, 0):
                row, here = at(s, e.OF_LANE, lane, i), -1
                for k in range(at(s, TRIPS, row, T_LOADS)):
                    if at(s, e.LOADS, row, 3 * k) == leg:
                        here = k
                if here >= 0:
                    take_off(m, s, w, row, leg, at(s, e.LOADS, row, 3 * here + 2))
                # another trip stands here if this one was taken apart
                i += 1 if here < 0 or at(s, TRIPS, row, T_LOADS) else 0


@small
def is_left(m: Ints, s: Ints, group: int) -> bool:
    """Whether some of a group have no seat all the way."""
    if at(s, WAITING, group, 0) > 0:
        return True
    way = at(s, WAY, group, 0) - 1 if m[e.N_SERVICES] else -1
    if way < 0:
        return False
    before, onward = at(m, WAYS, way, W_BEFORE), at(m, WAYS, way, W_ONWARD)
    if before >= 0 and at(s, WAITING, before, 0) > 0:
        return True
    return onward >= 0 and at(s, WAITING, onward, 0) > 0


@compiled
def give_up(m: Ints, s: Ints, w: Ints, group: int) -> None:
    """Take people off their way by a service: they wait for a coach all the way."""
    head = at(m, GROUPS, group, e.HEAD)
    way = at(s, WAY, head, 0) - 1
    if way < 0 or s[SWITCHED] >= s[e.MOST_SWITCHED]:
        return
    for column in (W_BEFORE, W_ONWARD):
        leg = at(m, WAYS, way, column)
        if leg >= 0:
            _take_all_off(m, s, w, leg)
    _switch_noted(m, s, head, -1)


@compiled
def let_out(m: Ints, s: Ints, w: Ints, group: int, people: int) -> None:
    """
    Let some of a group go by its way no more: they wait for a coach all the way.

    Those who stay on it may wait for their legs anew. With fewer people than none as many go by it
    again, with no seat on their legs.
    """
    way = at(s, WAY, at(m, GROUPS, group, e.HEAD), 0) - 1
    for column in (W_BEFORE, W_ONWARD):
        leg = at(m, WAYS, way, column)
        if leg >= 0 and at(s, WAITING, leg, 0) < people:
            _take_all_off(m, s, w, leg)
    _go_by(m, s, way, -people)
