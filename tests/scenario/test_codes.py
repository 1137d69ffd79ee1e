"""The codes: documented, in their ranges, and each triggered by some test."""

import re
from pathlib import Path

from p2p_dispatch.reading.faults import CODES, NOTICES
from tests.scenario import test_broken, test_contradictions, test_files

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"


def test_the_page_has_one_line_for_every_code():
    assert re.findall(r"^\| (P2P\d{4}) \|", PAGE.read_text(encoding="utf-8"), re.M) == list(CODES)


def test_the_page_marks_the_notices_and_only_those():
    text = PAGE.read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (P2P\d{4}) \| notice:", text, re.M)) == NOTICES


def test_every_code_of_a_scenario_is_triggered_by_a_test():
    triggered = {case[0] for case in test_contradictions.CASES}
    triggered |= {case[0] for case in (*test_files.YAML, *test_files.CSV, *test_files.NAMES)}
    triggered |= {case[2] for case in test_broken.VALUES}
    # those that need more than one file, a large one, or the roads
    alone = {"P2P1003", "P2P1028", "P2P1034", "P2P1036", "P2P1404", "P2P1410"}
    assert triggered | alone == {code for code in CODES if re.match(r"P2P1[0-4]", code)}
    here = Path(__file__).parent
    sources = (here / "test_files.py", here.parent / "travel" / "test_reach.py")
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    assert all(code in text for code in alone)
