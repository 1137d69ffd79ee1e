"""The page: everything on it, nothing from outside, and names that do no harm."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from p2p_dispatch.reading import InputError
from p2p_dispatch.report.compare import compared
from p2p_dispatch.report.figures import figures
from p2p_dispatch.report.language import english, read_language
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.page import Beside, page, render
from p2p_dispatch.report.page.charts import charts
from p2p_dispatch.report.page.drawing import draw_map, map_frame
from p2p_dispatch.report.page.outlines import read_outlines
from p2p_dispatch.report.page.projection import WIDTH, frame_of, latitude, mercator
from p2p_dispatch.report.page.timeline import draw_timeline
from tests.report.plans import two_coaches
from tests.tiny import cohort, gangbei, tiny_scenario

HOSTILE = "</script><img src=x onerror=alert(1)>{{ 7 * 7 }}\"'"


class Seen(HTMLParser):
    """Elements, attributes and the text of scripts and styles, as a browser takes them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.scripts: list[str] = []
        self.text: list[str] = []
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(key, value or "") for key, value in attrs]
        self.inside = tag
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.scripts[-1] += data
        elif self.inside != "style":
            self.text.append(data)


def seen(**changes: Any) -> Seen:
    scenario = tiny_scenario(**changes)
    return Seen(page(two_coaches(scenario), scenario, english()))


def content(found: Seen) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(found.scripts[0])
    return data


def test_trips_batches_and_those_left_behind_stand_on_it() -> None:
    text = " ".join(seen().text)
    for words in ("0222-gangbei-1", "0222-pingnan-1", "港北区", "no coach is free on any day"):
        assert words in text
    assert "62 of 70 people travel; 8 are left behind" in text


def test_nothing_is_asked_of_any_network() -> None:
    """No address stands in it but the name of SVG, and its own policy forbids to load anything."""
    scenario = tiny_scenario()
    text = page(two_coaches(scenario), scenario, english())
    assert set(re.findall(r"https?://[^\"'<\s]+", text)) == {"http://www.w3.org/2000/svg"}
    found = Seen(text)
    assert not {"link", "img", "iframe", "object", "embed", "base"} & set(found.elements)
    assert not [key for key, _ in found.attributes if key in ("src", "srcset") or key[:2] == "on"]
    policy = next(value for key, value in found.attributes if value.startswith("default-src"))
    digest = base64.b64encode(hashlib.sha256(found.scripts[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def test_a_name_is_only_a_name_wherever_it_stands() -> None:
    """The same elements as with harmless names, and the name unchanged where it is shown."""
    plain = seen(title="harmless", origins=[gangbei(name="harmless"), PINGNAN])
    found = seen(title=HOSTILE, origins=[gangbei(name=HOSTILE), PINGNAN])
    assert found.elements == plain.elements
    assert len(found.attributes) == len(plain.attributes)
    assert content(found)["places"]["gangbei"][0] == HOSTILE
    assert "".join(found.text).count(HOSTILE) == "".join(plain.text).count("harmless")


PINGNAN = {"id": "pingnan", "name": "平南县", "lat": 23.542, "lon": 110.388}


def test_what_a_click_shows_is_what_the_plan_says() -> None:
    """Gangbei boards 42, Chancheng takes 12 off, Bao'an 30."""
    trip = content(seen())["trips"][0]
    assert [stop[3:] for stop in trip["stops"]] == [
        [0, 0, 0], [42, 0, 42], [0, 12, 30], [0, 30, 0], [0, 0, 0],
    ]  # fmt: skip
    assert (trip["filled"], trip["allowed"], trip["km"], trip["empty"]) == (43, 49, 1000, 410)
    assert [load[:2] for load in trip["loads"]] == [["gb-ba", 30], ["gb-cc", 12]]
    assert trip["crew"][0] == ["gg/1-a", "02-22 06:50", "02-22 10:00"]


def test_the_map_holds_everybody_once_on_each_leg() -> None:
    """42 from Gangbei to Chancheng, 30 on to Bao'an, 20 from Pingnan; four empty legs."""
    scenario = tiny_scenario()
    drawn = draw_map(Names(two_coaches(scenario), scenario, english()))
    loaded = {(f.start, f.end): f.people for f in drawn.flows if f.kind == "direct"}
    assert loaded == {
        ("gangbei", "chancheng"): 42, ("chancheng", "baoan"): 30, ("pingnan", "baoan"): 20,
    }  # fmt: skip
    empty = {(f.start, f.end): len(f.trips) for f in drawn.flows if f.kind == "empty"}
    assert empty == {
        ("guigang", "gangbei"): 1, ("guigang", "pingnan"): 1, ("baoan", "guigang"): 2,
    }  # fmt: skip
    for pin in drawn.pins:
        assert 0 < pin.x < WIDTH
        assert 0 < pin.y < drawn.frame.height


def test_mercator_is_mercator() -> None:
    """Source: 85.0511 degrees is where the map is square, at pi."""
    assert mercator(85.0511) == mercator(85.0)  # held
    assert mercator(0) == pytest.approx(0)
    assert mercator(60) == pytest.approx(1.3169579)  # ln(tan(45 + 30 degrees))
    assert latitude(mercator(23.1)) == pytest.approx(23.1)


def test_one_place_alone_is_in_the_middle_and_no_place_is_the_earth() -> None:
    frame = frame_of([(110.0, 23.0)])
    assert frame(110.0, 23.0) == (WIDTH / 2, pytest.approx(frame.height / 2, abs=0.1))
    west, south, east, north = frame_of([]).bounds
    assert west < -180 < 180 < east
    assert south < 0 < north


def test_the_board_is_true_to_time() -> None:
    """It leaves at 6:40 and is back at 23:00; loaded from 6:50 to 15:45."""
    scenario = tiny_scenario()
    board = draw_timeline(Names(two_coaches(scenario), scenario, english()))
    bar = board.rows[0].bars[0]
    minute = board.day_width / 1440
    assert bar.width == pytest.approx(980 * minute, abs=0.2)
    assert bar.loaded_x - bar.x == pytest.approx(10 * minute, abs=0.2)
    assert bar.loaded_width == pytest.approx(535 * minute, abs=0.2)


def test_a_plan_by_the_day_and_one_without_trips_have_a_page_too() -> None:
    by_day = tiny_scenario(planning={"by": "day"})
    assert "Planned by the day" in page(two_coaches(by_day), by_day, english())
    scenario = tiny_scenario()
    nobody = two_coaches(
        scenario, trips=(), itineraries=(), duties=(), batches=(), moved=0,
        unserved=[{"cohort": "gb-ba", "count": 70, "reason": "fleet", "words": "no coach"}],
        value={"vehicles": 0, "km": 0, "drivers": 0, "onward": 0, "waiting": 0,
               "left_behind": 0, "total": 0},
    )  # fmt: skip
    text = page(nobody, scenario, english())
    assert "Nobody travels; all 70 people are left behind" in text


def test_charts_add_up() -> None:
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    names = Names(plan, scenario, english())
    by_day, seats, cost, waits = charts(names, figures(plan, scenario))
    assert [row.says for row in by_day.rows] == ["62", "0", "0"]
    assert [row.says for row in seats.rows] == ["63 / 98 = 64 %"]
    assert [row.says for row in cost.rows] == [
        "2,400 (16 %)", "11,000 (73 %)", "1,600 (11 %)",
    ]  # fmt: skip
    assert [row.says for row in waits.rows] == ["62"]


def test_another_plan_stands_beside_it() -> None:
    """The other carries 42 for 8,000: 190.48 each against 241.94."""
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    other = two_coaches(
        scenario, trips=plan.trips[:1], itineraries=plan.itineraries[:2],
        batches=plan.batches[:1], duties=plan.duties[:1], moved=42,
        value={"vehicles": 1200, "km": 6000, "drivers": 800, "onward": 0, "waiting": 0,
               "left_behind": 0, "total": 8000},
    )  # fmt: skip
    rows = {row.key: row for row in compared(figures(plan, scenario), figures(other, scenario))}
    assert (rows["moved"].mine, rows["moved"].other) == (62, 42)
    assert rows["money"].change == pytest.approx(7 / 8)
    text = page(plan, scenario, english(), beside=Beside(plan=other))
    assert (
        "would move 42 people instead of 62; per person moved this plan costs 27.0 % more" in text
    )
    alone = page(plan, scenario, english(), beside=Beside(why="too_many", most=3000))
    assert "more than 3,000 people" in alone


def test_what_is_the_same_in_another_plan_is_said_to_be() -> None:
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    assert plan.value is not None
    almost = plan.value.model_copy(update={"km": plan.value.km + 4, "total": plan.value.total + 4})
    made = plan.made.model_copy(update={"solver": "quick", "strategy": "auto"})
    for value in (plan.value, almost):
        other = plan.model_copy(update={"value": value, "made": made})
        text = page(plan, scenario, english(), beside=Beside(plan=other))
        assert "<p>The plan of quick would move as many people; this plan costs as much." in text
        assert not re.search(r"[+-]?0(\.0)? (%|points) ?(less|more|</td>)", text)
        assert text.count('<td class="n">=</td>') >= 8


def test_the_page_speaks_chinese() -> None:
    scenario = tiny_scenario()
    text = page(two_coaches(scenario), scenario, read_language("zh"))
    assert '<html lang="zh-Hans">' in text
    for words in ("70 人中有 62 人可出行", "车辆日程", "周六 2020-02-22", "直达包车"):
        assert words in text


SQUARE = {
    "type": "FeatureCollection",
    "attribution": "A & <b>",
    "features": [
        {"type": "Feature", "properties": {}, "geometry": {
            "type": "Polygon",
            "coordinates": [[[109, 22], [112, 22], [112, 22.001], [114, 22], [114, 25], [109, 22]]],
        }},
        {"type": "Feature", "properties": {}, "geometry": {
            "type": "LineString", "coordinates": [[0, 0], [1, 1]]}},
        {"type": "Feature", "properties": {}, "geometry": None},
    ],
}  # fmt: skip


def test_outlines_are_simplified_cut_to_the_map_and_named(tmp_path: Path) -> None:
    """Of the ring the point 110 m off its line goes; the line on the equator is not here."""
    scenario = tiny_scenario()
    plan = two_coaches(scenario)
    path = tmp_path / "some.geojson"
    path.write_text(json.dumps(SQUARE), encoding="utf-8")
    outlines = read_outlines(path, map_frame(scenario, plan))
    assert [len(line) for line in outlines.paths] == [4]
    text = page(plan, scenario, english(), outlines=outlines)
    assert "Outlines: A &amp; &lt;b&gt;" in text
    assert read_outlines(path, map_frame(scenario, plan), "Survey").attribution == "Survey"


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", '{"type": "Topology"}', '{"type": "Polygon", "coordinates": 7}',
        '{"type": "LineString", "coordinates": [[999, 0], [1, 1]]}',
        '{"type": "LineString", "coordinates": [[0, 0], [1, 1]]}',
    ],
)  # fmt: skip
def test_what_is_no_outline_of_this_map_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(text, encoding="utf-8")
    scenario = tiny_scenario(cohorts=[cohort()])
    with pytest.raises(InputError) as refused:
        read_outlines(path, frame_of([(p.lon, p.lat) for p in scenario.places.values()]))
    assert [fault.code for fault in refused.value.faults] == ["P2P5002"]


def test_kinds_of_trips_are_told_apart_without_colours() -> None:
    """On the map every kind has dashes of its own, on the board an outline of its own."""
    css = (Path(render.__file__).parent / "static" / "page.css").read_text(encoding="utf-8")
    for start, kinds in ((".flow.", render.FLOW_KINDS), (".trip.", BARS)):
        looks = {
            kind: re.findall(r"stroke-(?:dasharray|width): [^;]+", _rule(css, f"{start}{kind}"))
            for kind in kinds
        }
        assert len({tuple(look) for look in looks.values()}) == len(kinds), looks


BARS = ("feeder", "onward", "train", "carriage", "plane")


def _rule(css: str, selector: str) -> str:
    found = re.search(rf"^{re.escape(selector)}(?: \.loaded)? \{{([^}}]*)\}}", css, re.MULTILINE)
    return found[1] if found else ""
