"""How faults are ordered and printed."""

from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.faults import in_order
from p2p_dispatch.reading.near import nearest


def fault(line, code="P2P1102", file="b.yaml"):
    return Fault(code=code, mark=Mark(file, line), field="x", found="found", right="right")


def test_the_printed_form():
    assert str(fault(3)) == "b.yaml:3  P2P1102  x\n  found\n  -> right"
    whole = Fault(code="P2P1001", mark=Mark("b.yaml", 0), found="f", right="r")
    assert str(whole) == "b.yaml  P2P1001\n  f\n  -> r"


def test_by_file_and_line_and_each_once():
    faults = [fault(10), fault(9), fault(10), fault(99, file="a.csv")]
    assert [str(f.mark) for f in in_order(faults)] == ["a.csv:99", "b.yaml:9", "b.yaml:10"]


def test_twenty_of_a_kind_are_printed_and_the_others_counted():
    few = InputError([fault(n) for n in range(20)])
    many = InputError([*few.faults, fault(21), fault(22), fault(1, code="P2P1103")])
    assert "more" not in str(few)
    assert str(many).startswith(str(few))
    assert str(many).endswith("b.yaml  P2P1102\n  and 2 more: due is before ready")
    assert "P2P1103" in str(many)
    assert len(many.faults) == 23


def test_a_notice_does_not_refuse():
    assert fault(1).refuses
    assert not fault(1, code="P2P1307").refuses


def test_the_nearest_word():
    assert nearest("guigan", ["guigang", "baoan"]) == "guigang"
    assert nearest("BAOAN", ["guigang", "baoan"]) == "baoan"
    assert nearest("zzz", ["guigang", "baoan"]) is None
    assert nearest("c29999x", [f"c{i}" for i in range(30_000)]) == "c29999"
