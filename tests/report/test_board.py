"""The board and the summary as a planner sees them."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from p2p_dispatch.cli.terminal import paint
from p2p_dispatch.events.model import Status
from p2p_dispatch.plan import Plan
from p2p_dispatch.report.batches import board_days, destinations
from p2p_dispatch.report.board import board
from p2p_dispatch.report.figures import figures
from p2p_dispatch.report.findings import findings_table
from p2p_dispatch.report.language import Language, languages, read_language
from p2p_dispatch.report.summary import summary
from tests.report.plans import two_coaches
from tests.tiny import baoan, chancheng, tiny_scenario


def text(
    plan: Plan, *, width: int = 100, show_all: bool = False, language: Language | None = None
) -> str:
    scenario = tiny_scenario(planning={"by": "day"}) if plan.by_day else tiny_scenario()
    shown = board(plan, scenario, width=width, show_all=show_all, language=language)
    known = figures(plan, scenario)
    return paint((shown, summary(plan, known, language)), width, colour=False)


def many_trips(days: int, a_day: int) -> Plan:
    """Trips of one person each, so many on each of so many days from the 22nd."""
    content = two_coaches().model_dump(mode="json")
    trip, batch = content["trips"][1], content["batches"][1]
    content["trips"], content["batches"] = [], []
    for day in range(days):
        for number in range(a_day):
            name = f"{day}-{number}"
            content["trips"].append({**trip, "id": name, "day": f"2020-02-{22 + day}"})
            content["batches"].append({**batch, "id": f"{name}.1", "trip": name})
    return Plan.model_validate(content)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize("language", languages())
def test_no_line_is_wider_than_the_terminal(width: int, language: str) -> None:
    for line in text(two_coaches(), width=width, language=read_language(language)).splitlines():
        assert cell_len(line) <= width


def test_wide_signs_take_two_columns_in_headings_too() -> None:
    """The people of both batches, and their heading, end in the same column."""
    lines = text(two_coaches(), language=read_language("zh")).splitlines()[1:4]
    ends = [cell_len(line[: line.index(word) + len(word)])
            for line, word in zip(lines, ("人数", " 42", " 20"), strict=True)]  # fmt: skip
    assert len(set(ends)) == 1, lines


def test_the_board_at_a_hundred_columns() -> None:
    assert text(two_coaches()).split("\n\n")[0] == (
        "Sat 2020-02-22   62 people in 2 batches on 2 coaches, seats 63 of 98, organised\n"
        "call   leaves  from    people  to              unit  drivers  seats\n"
        "06:05  07:05   港北区      42  宝安区, 禅城区  gg/1        2  43/49\n"
        "08:00  09:00   平南县      20  宝安区          gg/2        2  20/49"
    )


def test_the_summary_says_who_is_left_and_why() -> None:
    words = text(two_coaches())
    assert "62 of 70 people" in words
    assert "Left behind: 8 people" in words
    assert "-> one more coach at 贵港客运站 on 2020-02-22" in words


def test_by_the_day_there_are_no_times() -> None:
    words = text(two_coaches(tiny_scenario(planning={"by": "day"})))
    assert "call" not in words
    assert "港北区" in words


def test_a_status_is_shown_where_it_says_something() -> None:
    plan = two_coaches()
    told = plan.batches[0].model_copy(update={"status": Status.TOLD})
    assert "status" not in text(plan)
    assert "told" in text(plan.model_copy(update={"batches": (told, *plan.batches[1:])}))


def test_a_long_board_shows_the_first_days_and_the_totals_of_the_others() -> None:
    """Three days of 25 batches: two fit into sixty lines, the third is one line."""
    words = text(many_trips(days=3, a_day=25))
    assert words.count("平南县") == 50
    assert "25 more batches, by day" in words
    assert "Mon 2020-02-24       25" in words
    assert text(many_trips(days=3, a_day=25), show_all=True).count("平南县") == 75


def test_a_day_longer_than_the_board_is_a_total() -> None:
    assert text(many_trips(days=1, a_day=61)).count("平南县") == 0
    assert text(many_trips(days=1, a_day=60)).count("平南县") == 60


def test_a_plan_without_batches_says_so() -> None:
    empty = two_coaches(trips=[], batches=[], itineraries=[], moved=0)
    assert "No batch leaves." in text(empty)


def test_three_gates_of_one_city_are_the_city() -> None:
    sites = [baoan(city="深圳"), chancheng(city="佛山"), chancheng(id="lecong", city="佛山")]
    scenario = tiny_scenario(sites=sites)
    assert destinations(scenario, ["baoan"]) == "宝安区"
    assert destinations(scenario, ["lecong", "chancheng", "baoan"]) == "深圳, 佛山 (2)"


def test_day_totals_count_each_trip_once() -> None:
    plan = two_coaches()
    (day,) = board_days(plan, tiny_scenario())
    assert (day.people, day.trips, day.filled, day.allowed) == (62, 2, 63, 98)


def test_findings_stand_rule_by_rule() -> None:
    from p2p_dispatch.check.finding import Finding

    findings = [
        Finding(rule="seats", where="trip a", words="21 people on 20 seats"),
        Finding(rule="crew", where="trip a", words="4 h 10 at the wheel, 4 h allowed"),
        Finding(rule="seats", where="trip b", words="22 people on 20 seats"),
    ]
    words = paint((findings_table(findings),), 80, colour=False)
    assert words.index("trip b") < words.index("crew")
    assert "3 findings in 2 rules" in words
