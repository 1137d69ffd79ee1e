"""The crew moved along the clock. Minute 0 is midnight."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from p2p_dispatch.problem import NO_LIMIT
from p2p_dispatch.problem import wheel as compiled
from p2p_dispatch.problem.compiled import table
from p2p_dispatch.problem.crew import Crew, Shift
from p2p_dispatch.problem.trip import Stretch
from p2p_dispatch.problem.wheel import _within_rolling
from p2p_dispatch.problem.work import CREW, DRIVEN, N_STRETCHES, STRETCHES, new_work
from tests.problem.trips import Desk

DAY = 1440
CN = {
    "spell": 240,
    "night_spell": 120,
    "pause": 20,
    "rolling": ((480, DAY), (2640, 7 * DAY)),
    "nights": tuple((d * DAY - 120, d * DAY + 360) for d in range(-2, 9)),
    "bans": tuple((d * DAY + 120, d * DAY + 300) for d in range(-2, 9)),
}


def crew(**changes: object) -> Crew:
    """No limits but those named."""
    free: dict[str, object] = {
        "spell": NO_LIMIT,
        "night_spell": NO_LIMIT,
        "pause": 0,
        "rolling": (),
        "shift": None,
        "nights": (),
        "bans": (),
        "ban_exempt": 0,
        "two_drivers_past": NO_LIMIT,
        "most_drivers": 2,
    }
    return Crew(**{**free, **changes})  # type: ignore[arg-type]


class Wheel:
    """The compiled functions on one coach, called like methods."""

    def __init__(self, limits: Crew, drivers: int, *, banned: bool):
        problem = replace(Desk().problem, crew=limits)
        self.memory, self.drivers, self.banned = problem.memory, drivers, banned
        self.work = new_work()
        compiled.board(self.work)

    def drive(self, start: int, minutes: int, latest: int) -> int | None:
        end = compiled.drive(
            self.memory, self.work, self.drivers, self.banned, start, minutes, latest
        )
        return None if end == NO_LIMIT else end

    def stand(self, minutes: int) -> None:
        compiled.stand(self.work, minutes)

    @property
    def stretches(self) -> list[Stretch]:
        count = int(self.work[N_STRETCHES])
        return [Stretch(*each) for each in table(self.work, STRETCHES, count).tolist()]


def drive(limits: Crew, start: int, minutes: int, drivers: int = 1) -> tuple[int | None, Wheel]:
    wheel = Wheel(limits, drivers, banned=True)
    return wheel.drive(start, minutes, 20 * DAY), wheel


def test_without_limits_the_coach_just_goes() -> None:
    end, wheel = drive(crew(), 480, 700)
    assert end == 1180
    assert wheel.stretches == [Stretch(0, 480, 1180)]


def test_four_hours_then_twenty_minutes() -> None:
    """240 minutes need no pause; 241 need one of 20."""
    assert drive(crew(spell=240, pause=20), 480, 240)[0] == 480 + 240
    assert drive(crew(spell=240, pause=20), 480, 241)[0] == 480 + 241 + 20


def test_a_second_driver_spares_the_pause() -> None:
    end, wheel = drive(crew(spell=240, pause=20), 480, 480, drivers=2)
    assert end == 480 + 480
    assert [s.driver for s in wheel.stretches] == [0, 1]


def test_minutes_at_a_stop_are_no_pause() -> None:
    """After 240 minutes, 30 at a stop of which 15 are work leave 15 of pause: 5 are missing."""
    wheel = Wheel(crew(spell=240, pause=20), 1, banned=False)
    reached = wheel.drive(480, 240, 9 * DAY)
    assert reached == 720
    wheel.stand(15)
    assert wheel.drive(750, 60, 9 * DAY) == 750 + 5 + 60


def test_two_hours_by_night() -> None:
    """From 23:00, two hours at the wheel, twenty minutes, one more hour: 02:20 with no ban."""
    night = {"night_spell": 120, "nights": CN["nights"]}
    end, _ = drive(crew(spell=240, pause=20, **night), DAY - 60, 180)
    assert end == DAY - 60 + 120 + 20 + 60


def test_an_evening_spell_ends_two_hours_into_the_night() -> None:
    """From 21:00 the spell may last until midnight: one hour by day, two by night, 3 h in all."""
    night = {"night_spell": 120, "nights": CN["nights"]}
    _, wheel = drive(crew(spell=240, pause=20, **night), DAY - 180, 200)
    assert wheel.stretches[0] == Stretch(0, DAY - 180, DAY)


def test_nobody_drives_from_two_to_five() -> None:
    """From 01:30 half an hour, then nothing until 05:00."""
    end, wheel = drive(crew(bans=CN["bans"]), 90, 60)
    assert end == 300 + 30
    assert wheel.stretches == [Stretch(0, 90, 120), Stretch(0, 300, 330)]


def test_eight_hours_in_any_twenty_four() -> None:
    """After eight hours from 06:00 the driver is back at the wheel at 06:00 of the next day."""
    end, wheel = drive(crew(rolling=((480, DAY),)), 360, 500)
    assert wheel.stretches[0] == Stretch(0, 360, 840)
    assert wheel.stretches[1].start == 360 + DAY
    assert end == 360 + DAY + 20


def test_driving_hours_after_a_rest_count_with_those_before() -> None:
    """Four hours from 20:00, four from 06:00: eight in 24 h; the ninth waits until 20:00."""
    wheel = Wheel(crew(rolling=((480, DAY),)), 1, banned=False)
    wheel.drive(1200, 240, 9 * DAY)
    end = wheel.drive(DAY + 360, 300, 9 * DAY)
    assert end == DAY + 1200 + 60


def test_a_team_drives_sixteen_hours_under_the_chinese_rule() -> None:
    """From 05:00 two drivers of 8 h: 16 h of road end at 22:20 or before, without a rest."""
    end, wheel = drive(crew(**CN), 300, 960, drivers=2)
    assert end is not None
    assert end <= 300 + 960 + 60
    for driver in (0, 1):
        assert sum(s.end - s.start for s in wheel.stretches if s.driver == driver) == 480


def test_a_shift_ends_with_a_rest() -> None:
    """Nine hours of driving, then eleven hours of rest, as 561/2006 has it."""
    shift = Shift(driving=540, span=(780, 1260), rest=(660, 540))
    end, wheel = drive(crew(shift=shift), 360, 600)
    assert wheel.stretches[0].end == 360 + 540
    assert end == 360 + 540 + 660 + 60


def test_a_shift_has_a_span() -> None:
    """Thirteen hours after the first minute no driving is left, however little was driven."""
    shift = Shift(driving=540, span=(780, 1260), rest=(660, 540))
    wheel = Wheel(crew(shift=shift), 1, banned=False)
    wheel.drive(360, 60, 9 * DAY)
    end = wheel.drive(360 + 60 + 600, 180, 9 * DAY)
    # 660 minutes are gone when it starts again: 120 are left, then a rest
    assert wheel.stretches[1] == Stretch(0, 1020, 1140)
    assert end == 1140 + 660 + 60


def test_what_cannot_be_done_in_time_is_not_done() -> None:
    wheel = Wheel(crew(spell=240, pause=20), 1, banned=False)
    assert wheel.drive(0, 300, latest=319) is None
    wheel = Wheel(crew(spell=240, pause=20), 1, banned=False)
    assert wheel.drive(0, 300, latest=320) == 320


def test_legs_are_kept_apart() -> None:
    """A stop without standing time still ends a stretch: each leg says who drove it."""
    wheel = Wheel(crew(), 1, banned=False)
    wheel.drive(0, 60, DAY)
    wheel.drive(60, 60, DAY)
    assert wheel.stretches == [Stretch(0, 0, 60), Stretch(0, 60, 120)]


def test_a_rolling_limit_is_used_to_the_minute() -> None:
    """As a driver may drive by the limit alone, minute by minute, whatever was driven before."""
    draw = random.Random(1)
    for _ in range(300):
        work, spans, now = new_work(), [], 0
        for _ in range(draw.randrange(6)):
            now += draw.randrange(300)
            end = now + draw.randrange(1, 300)
            spans.append((draw.randrange(2), now, end))
            now = end
        work[N_STRETCHES] = len(spans)
        table(work, STRETCHES, len(spans))[:] = spans if spans else np.empty((0, 3))
        table(work, CREW, 1)[0, DRIVEN] = sum(end - start for who, start, end in spans if not who)
        now += draw.randrange(200)
        most, within, longest = draw.randrange(400), 400 + draw.randrange(600), draw.randrange(500)
        driven = {minute for who, start, end in spans if not who for minute in range(start, end)}
        ever = 0
        while ever < longest:
            window = range(now + ever + 1 - within, now + ever + 1)
            if len(driven & set(window)) + ever + 1 > most:
                break
            ever += 1
        assert _within_rolling(work, 0, now, longest, most, within) == ever
