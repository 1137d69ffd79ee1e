"""YAML as data with positions."""

import pytest
import yaml

from p2p_dispatch.reading import InputError, compose
from p2p_dispatch.reading import yaml as module
from p2p_dispatch.reading.yaml import parse_yaml

TEXT = """\
# a comment
name: tiny
贵港: {opens: 06:00, closes: "22:00"}
list:
  - one
  - id: two
    count: 3
same: &hours {opens: 07:00}
again: *hours
"""


def test_data_are_plain():
    assert parse_yaml(TEXT, "f").data == {
        "name": "tiny",
        "贵港": {"opens": "06:00", "closes": "22:00"},
        "list": ["one", {"id": "two", "count": 3}],
        "same": {"opens": "07:00"},
        "again": {"opens": "07:00"},
    }


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), "f:2:1", "f:2:1"),
        (("name",), "f:2:7", "f:2:1"),
        (("贵港",), "f:3:5", "f:3:1"),  # columns count characters and not bytes
        (("贵港", "closes"), "f:3:28", "f:3:20"),
        (("list", 0), "f:5:5", "f:5:5"),
        (("list", 1, "count"), "f:7:12", "f:7:5"),
        (("same", "opens"), "f:8:22", "f:8:15"),
        (("again",), "f:8:7", "f:9:1"),  # the value of an alias stands at its anchor
        (("again", "opens"), "f:8:22", "f:8:15"),
        (("list", 7, "count"), "f:5:3", "f:4:1"),  # what is not there: the nearest that is
        (("tag", "name"), "f:2:7", "f:2:1"),  # a step that was not written is passed over
    ],
)
def test_every_key_and_value_has_its_place(path, value, key):
    spot = parse_yaml(TEXT, "f").spot.walk(path)
    assert (str(spot.mark), str(spot.key)) == (value, key)


def test_a_change_at_an_alias_does_not_show_at_the_anchor():
    data = parse_yaml(TEXT, "f").data
    data["again"]["opens"] = "09:00"
    assert data["same"]["opens"] == "07:00"


def test_faults_of_form_are_collected_and_the_rest_is_read():
    document = parse_yaml("a: 1\na: 2\nb: !!int 3\n<<: {c: 4}\nd: 5\n", "f")
    assert document.data == {"a": 1, "b": "3", "d": 5}
    assert [fault.code for fault in document.faults] == ["P2P1008", "P2P1010", "P2P1013"]
    assert document.gaps == {()}  # what `<<` would have brought is not missing


def test_what_was_never_closed_is_shown_where_it_opens():
    for text in ("a: 1\nb: [1, 2\n\n", "a: 1\nb: '1\n\n"):
        with pytest.raises(InputError) as raised:
            parse_yaml(text, "f")
        assert str(raised.value.faults[0].mark) == "f:2:4"


def test_the_parser_in_python_says_the_same(monkeypatch):
    """Where PyYAML was built without its C library."""
    fast = parse_yaml(TEXT, "f")
    monkeypatch.setattr(module, "_LOADER", yaml.SafeLoader)
    slow = parse_yaml(TEXT, "f")
    assert slow.data == fast.data
    for path in (("贵港", "closes"), ("list", 1, "count"), ("again",)):
        assert slow.spot.walk(path).mark == fast.spot.walk(path).mark
    for text in ("a: [", "a: \x07", "a: b: c", "a: *b"):
        with pytest.raises(InputError):
            parse_yaml(text, "f")


def test_fifty_levels_are_read_and_one_more_is_not():
    assert parse_yaml("a: " + "[" * 48 + "1" + "]" * 48, "f").data
    with pytest.raises(InputError, match="P2P1014"):
        parse_yaml("a: " + "[" * 49 + "1" + "]" * 49, "f")


def test_repeats_count_as_values(monkeypatch):
    """The list and its three values, three times, with the mapping and its lists: 13 values."""
    text = "a: &a [1, 2, 3]\nb: *a\nc: *a\n"
    monkeypatch.setattr(compose, "MOST_VALUES", 13)
    assert parse_yaml(text, "f").data["c"] == [1, 2, 3]
    monkeypatch.setattr(compose, "MOST_VALUES", 12)
    with pytest.raises(InputError, match="P2P1015"):
        parse_yaml(text, "f")
