"""
The problem by groups, the board and the log, as compiled functions take them.

``m`` is the problem: the tables of ``problem.net`` and those below. ``s`` is the board: trips,
who rides them, and what they use of what trips share. ``w`` is the room to work
in (``problem.work``), with the draft of one trip.
"""

from __future__ import annotations

from collections.abc import Sequence, Sized
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem, Sharing
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.problem.compiled import NEVER, pack, table
from p2p_dispatch.problem.net import MOST_DROPS, MOST_PICKUPS, scalars_of, tables_of
from p2p_dispatch.problem.timing import LONGEST_TRIP
from p2p_dispatch.problem.work import new_work
from p2p_solvers.engine.groups import Groups, groups_of

# ---- the problem -------------------------------------------------------------------------------

(
    N_GROUPS,
    N_POOLS,
    N_PAYERS,
    N_PLACES,
    HAS_SLOTS,
    WAITING_DAY,
    TURNAROUND,
    STAY_FROM,
    SHUT_FROM,
    APART,
    CEILING,
    HAS_CEILINGS,
    RIDES_DIFFER,
    N_NEAR,
    N_SERVICES,
    HAS_TOLD,
    OF_DAY,
    OF_HOUR,
    OF_VEHICLE,
    OF_PLACE,
) = range(40, 60)
"""Scalars of ``m`` beside those of ``net``; ``RIDES_DIFFER``: what a ride costs depends on the
other riders or on the minute of arriving; ``N_NEAR``: groups that are no legs; whether somebody was
told something, and the prices of telling them otherwise."""

(
    GROUPS,
    DROPS,
    SERVED_BY,
    POOLS,
    UNITS,
    SEATS,
    RISK,
    MEDICAL,
    INTAKE,
    SLOTS,
    PAID_BY,
    PAYERS,
    LEAST_LOADS,
    DAY_CLASSES,
    NEAR,
    WAYS,
    ROOM,
    POSTS,
) = range(128, 164, 2)
"""Tables of ``m``: groups; their drops (place, cents); where each origin's pools begin; pools in
the order of the origins they serve; units, seats by risk, risk, checks and intake by calendar
day; slots of places; who pays for a group, in millionths; ceilings of payers; least loads; days
of the horizon with the same number are alike for the clock; groups by the first depot that serves
them, and where each of them stands in that order, a leg where its group stands; ways by services;
seats and pieces of luggage of services; posts of each opening."""

(
    ORIGIN,
    SITE,
    READY,
    DUE,
    LATEST,
    READY_DAY,
    FIRST_DAY,
    LAST_DAY,
    VALUE,
    SUBSIDY,
    LATE_DAY,
    LEVEL,
    BAGS,
    PEOPLE,
    WHOLE,
    ACCESSIBLE,
    DROP_FROM,
    DROP_END,
    WAY_FROM,
    WAY_END,
    LEG_OF,
    HEAD,
    MATES_END,
    OPENING,
    LOAN,
    TOLD_DAY,
    TOLD_MINUTE,
    TOLD_POOL,
    TOLD_DROP,
    SPARES,
) = range(30)
"""Columns of ``GROUPS``: as in ``Problem`` and ``Groups``; days of the horizon on which they can
leave; where their drops begin and end in ``DROPS``, and their ways in ``WAYS``; the group whose leg
it is, -1: it is none; from which group to which they are the same people; whose posts they fill,
-1: none; what they were told as in ``Told``, -1: nothing; by how many cents one of them, wherever
they go, makes the costs lower at the most."""

W_BEFORE, W_ONWARD, W_SERVICE, W_CENTS, W_CHECKED, W_TAKEN, W_GROUP = range(7)
"""Columns of ``WAYS``: the legs before and after the service, -1: none; its row in ``ROOM``; cents
of all people of the group for what no coach is paid for; calendar days on which they are checked
and taken in where no coach brings them, else -1; the group whose way it is."""

POOL, KIND, LEAST, PLACES, BAG_ROOM = range(5)
"""Columns of ``POOLS``: number of the pool and of its unit type, least load, accessible places,
pieces of luggage. ``SEATS`` and ``UNITS`` go by the number of the pool."""

# ---- the board ---------------------------------------------------------------------------------

(
    COSTS,
    MONEY,
    LEFT,
    ROWS,
    FREE,
    MOST_ROWS,
    NOTED,
    ROUND,
    DRAW,
    CHOSEN_DROP,
    CHOSEN_POOL,
    CHOSEN_PRICE,
    BLINKS,
    DRAFTED,
    FOCUS,
    SWITCHED,
    MOST_SWITCHED,
    CHOOSES,
    DISSOLVES,
    BEFORE_DAY,
    AFTER_DAY,
    LIMIT,
    SPARE,
) = range(23)
"""Scalars of ``s``: everything that is minimised; what is paid; people left behind; rows in use at
most; rows that are free again; rows there are; rows noted in the log; number of the round; state
of the draws; rows of ``DROPS`` and ``POOLS`` and price of the best offer; offers in a thousand that
are overlooked; people of the best offer, if the draft is still that; an origin whose
trips are looked at, -1: none; rows of ``LOG_WAYS`` in use, and how many there are; whether groups
choose among ways in this round, and whether those whose leg is taken off give up their way; by the
clock, how many minutes before the first of its day a trip has left at the most, and after it come
back; what everything may cost at the end of a round that is kept, and what the people may that are
put on just now."""

(
    TRIPS,
    STOPS,
    ARRIVES,
    GOES,
    LOADS,
    OF_LANE,
    IN_LANE,
    HELD,
    CHECKED,
    TAKEN,
    IN_SLOT,
    WAITING,
    PAID,
    FREED,
    LOG_ROWS,
    LOG_TRIPS,
    LOG_STOPS,
    LOG_ARRIVES,
    LOG_GOES,
    LOG_LOADS,
    TOUCHED,
    LINED_UP,
    ORDER,
    KEYS,
    OFFERS,
    RIDES,
    WAY,
    ABOARD,
    LOG_WAYS,
    FILLED,
    MINE,
    OUT,
) = range(64, 128, 2)
"""Tables of ``s``: trips and their stops, times and loads; trips of each pool and day and how many;
units out by day; people checked and taken; coaches in slots; people left of each group; what falls
to each payer; free rows; rows as they were when the round began; the round in which a group was
lined up last; lists to be sorted; trips that a group may be put on; people who may be taken off;
the row in ``WAYS`` by which a group goes and one, 0: by coach all the way; people and luggage on
services; groups with the way that they went when the round began; posts that are filled; pools that
may make new trips; when trips that are out at some time leave, and when they can again. Of groups
that are the same people, the first stands for all in what is left and in ways."""

O_BOUND, O_ROW, O_DROP, O_POOL = range(4)
"""Columns of ``OFFERS``: what it costs each at the least; the trip; rows of ``DROPS`` and
``POOLS``."""

R_KEY, R_ROW, R_GROUP, R_DROP = range(4)
"""Columns of ``RIDES``: the nearer the less; trip, group and drop."""

(
    T_POOL,
    T_DAY,
    T_DEPART,
    T_DRIVERS,
    T_STOPS,
    T_PICKS,
    T_COST,
    T_DAYS,
    T_LEAVE,
    T_BACK,
    T_PEOPLE,
    T_LOADS,
    T_LOCKED,
    T_AT,
    T_LENGTH,
    T_WIDTH,
) = range(16)
"""Columns of ``TRIPS``: pool, day, departure, crew, stops and how many are pick-ups, cost, days,
time out, riders, loads (none: the row is free), the number of the frozen trip and one, its place
in the list of its pool, and its metres; how many columns there are."""

# ---- the room to work in -----------------------------------------------------------------------

DEPART, DRIVERS, CENTS, MOST_KNOWN = range(8, 12)
"""Scalars of ``w`` beside those of ``work``: departure and crew of the draft, the cents of the
offer made last, and the rows of ``KNOWN``."""

READY_BEFORE, KNOWN = range(82, 86, 2)
"""Tables of ``w``: what was ready before; departures that were found before."""

K_KEY, K_DRIVERS, K_DEPART, K_BACK, K_DAYS, K_TIMES = range(6)
"""Columns of ``KNOWN``: for what (0: for nothing), crew (0: there is no departure), minutes from
midnight of the trip's day, days charged, and for each stop when boarding or getting off begins and
when the coach goes on."""

KNOWN_BYTES = 256_000_000
"""Memory for departures that were found before."""

TRIPS_A_DAY = 2
"""Trips that a unit makes on a day, at the most and on the average, by the clock."""

MOST_RIDES = 4096
"""Most rides among which those to be taken off are chosen."""

SLOTS_A_DAY = 288
"""Five minutes is the shortest slot."""


class Ways(NamedTuple):
    """
    Ways by services, and the legs that go with them.

    Attributes
    ----------
    most
        Most people of a group.
    first_leg
        Number of the first group that is a leg; all after it are.
    group
        (n,) whose way it is; in order.
    rows
        (n, 6) the columns of ``WAYS``.
    room
        (n_services, 2) seats and pieces of luggage.
    """

    most: int
    first_leg: int
    group: Ints
    rows: Ints
    room: Ints


def memory_of(problem: Problem, ways: Ways | None = None) -> tuple[Ints, Groups]:
    """The problem by groups, and the groups."""
    groups = groups_of(problem, ways.most) if ways else groups_of(problem)
    ways, sharing = ways or _no_ways(len(groups.cohort)), problem.sharing
    leg_of = _leg_of(len(groups.cohort), ways)
    of, kind = groups.cohort, problem.unit_type
    drops = [problem.drops[c] for c in of]
    drop_from = _starts(drops)
    first = [max(problem.day(int(minute)), 0) for minute in problem.ready[of]]
    last = [min(problem.day(int(minute)), problem.n_days - 1) for minute in problem.latest[of]]
    columns = (
        problem.origin[of],
        problem.site[of],
        problem.ready[of],
        problem.due[of],
        problem.latest[of],
        problem.ready_day[of],
        np.array(first, dtype=np.int64),
        np.array(last, dtype=np.int64),
        problem.value[of],
        problem.subsidy[of],
        problem.late_day[of],
        problem.own_risk[of],
        problem.luggage[of],
        groups.people,
        groups.whole,
        groups.accessible,
        drop_from[:-1],
        drop_from[1:],
        np.searchsorted(ways.group, np.arange(len(of))),
        np.searchsorted(ways.group, np.arange(len(of)), side="right"),
        leg_of,
        groups.head,
        _mates_end(groups),
        np.full(len(of), -1) if sharing is None else sharing.opening[of],
        np.full(len(of), -1) if sharing is None else _loans(sharing)[of],
        *(_told(problem, name)[of] for name in ("day", "minute", "pool", "drop")),
        _spares(problem, groups),
    )
    serving = [np.flatnonzero(problem.serves[:, place]) for place in range(len(problem.metres))]
    pools = [int(pool) for each in serving for pool in each]
    riders = np.maximum(problem.allowed - problem.staff, 0)
    has_slots = bool((problem.slot_trips < NO_LIMIT).any()) and not problem.by_day
    has_ceilings = bool((problem.payer_ceiling < NO_LIMIT).any())
    told = problem.told
    scalars = {
        N_GROUPS: len(of),
        N_POOLS: problem.n_pools,
        N_PAYERS: problem.payer_share.shape[1],
        N_PLACES: len(problem.metres),
        HAS_SLOTS: has_slots,
        WAITING_DAY: problem.waiting_day,
        TURNAROUND: 0 if problem.by_day else problem.turnaround,
        STAY_FROM: problem.stay_from,
        SHUT_FROM: problem.shut_from,
        APART: problem.apart,
        CEILING: problem.ceiling,
        HAS_CEILINGS: has_ceilings,
        RIDES_DIFFER: has_ceilings
        or told is not None
        or (not problem.by_day and bool(problem.late_day.any())),
        HAS_TOLD: told is not None,
        OF_DAY: told.of_day if told else 0,
        OF_HOUR: told.of_hour if told else 0,
        OF_VEHICLE: told.of_vehicle if told else 0,
        OF_PLACE: told.of_place if told else 0,
        N_NEAR: ways.first_leg,
        N_SERVICES: len(ways.room),
    }
    tables = {
        GROUPS: np.stack(columns, axis=1),
        DROPS: _drops(problem, of),
        SERVED_BY: _starts(serving).reshape(-1, 1),
        POOLS: np.stack(
            (
                np.array(pools, dtype=np.int64),
                kind[pools],
                problem.minimum_load[kind[pools]],
                problem.places[kind[pools]],
                problem.bags[kind[pools]],
            ),
            axis=1,
        ),
        UNITS: problem.units,
        SEATS: riders[kind],
        RISK: problem.risk,
        MEDICAL: problem.medical,
        INTAKE: problem.intake,
        SLOTS: np.stack((problem.slot_minutes, problem.slot_trips), axis=1),
        PAID_BY: np.round(problem.payer_share[of] * 1e6).astype(np.int64),
        PAYERS: problem.payer_ceiling.reshape(-1, 1),
        LEAST_LOADS: problem.minimum_load[kind].reshape(-1, 1),
        DAY_CLASSES: _day_classes(problem),
        NEAR: _near(problem, groups, leg_of),
        WAYS: np.column_stack((ways.rows, ways.group)),
        ROOM: ways.room,
        POSTS: np.zeros((1, 1)) if sharing is None else _posts(sharing),
    }
    return pack(scalars_of(problem) | scalars, tables_of(problem) | tables), groups


def _posts(sharing: Sharing) -> Ints:
    """(n_openings + n_loans, 1) posts of each opening, then people whom sites lend to others."""
    return np.concatenate((sharing.jobs.posts, sharing.jobs.loans)).reshape(-1, 1)


def _loans(sharing: Sharing) -> Ints:
    """(n_cohorts,) the row of ``POSTS`` of the loan that cohorts need; -1: none."""
    return np.where(sharing.loan < 0, -1, sharing.loan + len(sharing.jobs.posts))


def _told(problem: Problem, name: str) -> Ints:
    """What was told of something, by cohort; -1 where nothing was."""
    if problem.told is None:
        return np.full(problem.n_cohorts, -1, dtype=np.int64)
    return np.asarray(getattr(problem.told, name))


def _drops(problem: Problem, cohorts: Ints) -> Ints:
    """Place and cents of every drop of every group."""
    rows = [drop for c in cohorts for drop in problem.drops[c]]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _no_ways(groups: int) -> Ways:
    none = np.empty(0, dtype=np.int64)
    return Ways(NO_LIMIT, groups, none, none.reshape(0, 6), none.reshape(0, 2))


def _leg_of(groups: int, ways: Ways) -> Ints:
    """The group whose leg each group is; -1 for those that are no legs."""
    leg_of = np.full(groups, -1, dtype=np.int64)
    for column in (W_BEFORE, W_ONWARD):
        legs = ways.rows[:, column]
        leg_of[legs[legs >= 0]] = ways.group[legs >= 0]
    return leg_of


def _mates_end(groups: Groups) -> Ints:
    """The same people stand side by side: behind the last of them."""
    counts = np.bincount(groups.head, minlength=len(groups.head))
    return groups.head + counts[groups.head]


def _spares(problem: Problem, groups: Groups) -> Ints:
    """(n_groups,) the most cents that one of the same people spares anywhere."""
    spares = (problem.value + problem.subsidy)[groups.cohort]
    most = np.zeros_like(spares)
    np.maximum.at(most, groups.head, spares)
    return most[groups.head]


def _near(problem: Problem, groups: Groups, leg_of: Ints) -> Ints:
    """
    Groups of one depot stand side by side, those of one origin too; legs stand last.

    Who could go to several sites stands where each of them would, as the first group of the same
    people: that one is left behind or not.
    """
    cohorts = groups.cohort
    first = np.argmax(problem.serves, axis=0)
    depot = problem.depot[first[problem.origin[cohorts]]] if problem.n_pools else 0 * cohorts
    order = np.lexsort((problem.site[cohorts], problem.origin[cohorts], depot, leg_of >= 0))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    near = place[np.where(leg_of >= 0, leg_of, np.arange(len(order)))]
    return np.stack((groups.head[order], near), axis=1)


def _day_classes(problem: Problem) -> Ints:
    """A number for each day of the horizon; days of one number have the same hours around them."""
    numbers: dict[bytes, int] = {}
    rows = []
    for column in range(problem.pad, problem.pad + problem.n_days):
        around = slice(max(column - 2, 0), column + LONGEST_TRIP // 1440 + 2)
        hours = (problem.opens[:, around], problem.shuts[:, around], problem.midnights[around])
        seen = b"".join((each - problem.midnights[column]).tobytes() for each in hours)
        rows.append(numbers.setdefault(seen, len(numbers)))
    return np.array(rows, dtype=np.int64).reshape(-1, 1)


def _starts(lists: Sequence[Sized]) -> Ints:
    return np.concatenate([[0], np.cumsum([len(each) for each in lists])]).astype(np.int64)


def new_board(problem: Problem, m: Ints, seed: int) -> Ints:
    """A board without trips: everybody is left behind."""
    groups = table(m, GROUPS, int(m[N_GROUPS]))
    heads = np.where(groups[:, HEAD] == np.arange(len(groups)), groups[:, PEOPLE], 0)
    jobs = problem.sharing.jobs if problem.sharing else None
    rows = _rows(problem)
    places, calendar = problem.medical.shape
    stops = int(m[MOST_PICKUPS] + m[MOST_DROPS])
    most = int((problem.allowed - problem.staff).max(initial=1))
    waiting = heads * (groups[:, LEG_OF] < 0)
    loads = 3 * max(1, min(most, int(heads.sum())))
    daily = int(problem.units[:, problem.pad : problem.pad + problem.n_days].max(initial=0))
    lane = min(rows, (1 if problem.by_day else TRIPS_A_DAY) * daily + len(problem.frozen))
    most_drops = int((groups[:, DROP_END] - groups[:, DROP_FROM]).max(initial=1))
    most_pools = max(1, int(problem.serves.sum(axis=0).max(initial=1)))
    # a group may give its way up in a round, choose one, and give that up again
    switched = 3 * len(groups) if m[N_SERVICES] else 0
    slots = (places, calendar * SLOTS_A_DAY) if m[HAS_SLOTS] else (1, 1)
    sizes = {
        TRIPS: (rows, T_WIDTH),
        STOPS: (rows, stops),
        ARRIVES: (rows, stops),
        GOES: (rows, stops),
        LOADS: (rows, loads),
        OF_LANE: (problem.n_pools * problem.n_days, lane),
        IN_LANE: (problem.n_pools * problem.n_days, 1),
        HELD: (problem.n_pools, calendar),
        CHECKED: (places, calendar),
        TAKEN: (places, calendar),
        IN_SLOT: slots,
        PAID: (max(1, int(m[N_PAYERS])), 1),
        FREED: (rows, 1),
        LOG_ROWS: (rows, 1),
        LOG_TRIPS: (rows, T_WIDTH),
        LOG_STOPS: (rows, stops),
        LOG_ARRIVES: (rows, stops),
        LOG_GOES: (rows, stops),
        LOG_LOADS: (rows, loads),
        TOUCHED: (rows, 1),
        LINED_UP: (len(groups), 1),
        ORDER: (1, len(groups) + rows),
        KEYS: (1, len(groups) + rows),
        RIDES: (MOST_RIDES, 4),
        FILLED: (len(_posts(problem.sharing)) if problem.sharing else 1, 1),
        MINE: (problem.n_pools, 1),
        OUT: (lane * problem.n_days, 2),
        OFFERS: (rows * most_drops * most_pools, 4),
        WAY: (len(groups), 1),
        ABOARD: (int(m[N_SERVICES]), 2),
        LOG_WAYS: (switched, 2),
    }
    tables = {place: np.zeros(size, dtype=np.int64) for place, size in sizes.items()}
    own = np.where(groups[:, OPENING] < 0, waiting, 0)
    tables[WAITING] = waiting.reshape(-1, 1).copy()
    tables[MINE][:] = 1
    scalars = {
        COSTS: int((own * groups[:, VALUE]).sum()) + (jobs.nobody if jobs else 0),
        LEFT: int(waiting.sum()),
        MOST_SWITCHED: switched,
        MOST_ROWS: rows,
        LIMIT: NEVER,
        SPARE: NEVER,
        ROUND: 1,
        # any state but zero will do; two seeds one apart must not begin alike
        DRAW: (seed * 2654435761 + 88172645463325252) % (1 << 62) | 1,
    }
    return pack(scalars, tables)


def new_room(problem: Problem) -> Ints:
    """Room to work in, for the trips of one board."""
    stops = problem.most_pickups + problem.most_drops
    width = K_TIMES + 2 * stops
    rows = 1 if problem.by_day else KNOWN_BYTES // (8 * width)
    w = new_work({READY_BEFORE: (1, stops), KNOWN: (rows, width)})
    w[MOST_KNOWN] = rows
    return w


def _rows(problem: Problem) -> int:
    """Most trips a board may need: every unit leaving every day, but no more than people."""
    daily = int(problem.units[:, problem.pad : problem.pad + problem.n_days].sum())
    several = 1 if problem.by_day else TRIPS_A_DAY
    return max(1, min(daily * several, problem.everybody)) + len(problem.frozen)
