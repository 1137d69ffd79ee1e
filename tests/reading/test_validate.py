"""Pydantic's errors as faults, and what is left when they are cut out."""

import pytest

from p2p_dispatch.reading import InputError
from p2p_dispatch.reading.salvage import salvage
from p2p_dispatch.reading.validate import validate
from p2p_dispatch.reading.yaml import parse_yaml
from tests.reading.parts import Whole


def faults(text, **options):
    with pytest.raises(InputError) as raised:
        validate(Whole, parse_yaml(text, "f"), **options)
    return [str(fault).splitlines() for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "itms: []",
            ["f:1:1  P2P1020  itms", "  'itms' is not a key here", "  -> did you mean items?"],
        ),
        (
            "shape: {kind: square, sied: 3}",
            [
                "f:1:23  P2P1020  shape.sied",
                "  'sied' is not a key here",
                "  -> did you mean side?",
            ],
        ),
        (
            "shape: {kind: square}",
            [
                "f:1:8  P2P1021  shape.side",
                "  side is missing",
                "  -> add side: Length of one side, m",
            ],
        ),
        (
            "shape: {kind: oval}",
            ["f:1:15  P2P1024  shape.kind", "  found 'oval'", "  -> write round or square"],
        ),
        (
            "factor: best",
            [
                "f:1:9  P2P1022  factor",
                "  found 'best'",
                "  -> write a number, digits only: 12 or 12.5, or auto",
            ],
        ),
        (
            "shape: {kind: squar}",
            [
                "f:1:15  P2P1024  shape.kind",
                "  found 'squar'",
                "  -> did you mean square? write round or square",
            ],
        ),
        (
            "shape: {kind: square, side: '2,5'}",
            [
                "f:1:29  P2P1022  shape.side",
                "  found '2,5'",
                "  -> write a number without a comma: 12.5, 1200",
            ],
        ),
        (
            "items: [{id: a, count: 3.5}]",
            ["f:1:24  P2P1022  items.a.count", "  found 3.5", "  -> write a whole number"],
        ),
        (
            "items: [{id: a, sizes: [4, x]}]",
            ["f:1:28  P2P1022  items.a.sizes.#2", "  found 'x'", "  -> write a whole number"],
        ),
        (
            "items: [{id: a, limit: lots}]",
            ["f:1:24  P2P1022  items.a.limit", "  found 'lots'", "  -> write a whole number"],
        ),
        (
            "items:",
            [
                "f:1:7  P2P1022  items",
                "  nothing is written here",
                "  -> write a value, or leave the key out",
            ],
        ),
        (
            "items: {a: 1}",
            [
                "f:1:8  P2P1022  items",
                "  found a mapping",
                "  -> write a list: `[one, two]` or one line for each, with a dash",
            ],
        ),
    ],
)
def test_what_is_said(text, said):
    assert faults(text) == [said]


def test_a_room_may_have_one_code_for_all():
    assert [fault[0] for fault in faults("itms: []\nfactor: x", code="P2P2002")] == [
        "f:1:1  P2P2002  itms",
        "f:2:9  P2P2002  factor",
    ]


def test_what_is_sound_is_salvaged_with_its_numbers_in_the_file():
    """Items 0 and 2 go: one lacks what it needs, one is no item; of item 3 a value goes."""
    text = """\
items:
  - {count: 1}
  - {id: b}
  - word
  - {id: d, count: x, hours: {opens: 1}}
  - {id: e, hours: {closes: 1}, sizes: [1, x, 3]}
factor: y
"""
    sound = salvage(Whole, parse_yaml(text, "f"))
    assert sound is not None
    assert [item.id for item in sound.model.items] == ["b", "d", "e"]
    assert sound.model.items[1].hours is not None
    assert sound.model.items[2].sizes == (1, 3)
    assert sound.numbering.in_file(("items", 2, "sizes", 1)) == ("items", 4, "sizes", 2)
    assert set(sound.lost) == {
        ("items", 0),
        ("items", 2),
        ("items", 3, "count"),
        ("items", 4, "hours"),
        ("items", 4, "sizes", 1),
        ("factor",),
    }


def test_a_misspelt_key_is_salvaged_as_what_it_was_meant_to_be():
    sound = salvage(Whole, parse_yaml("items: [{id: a, cuont: 3}]", "f"))
    assert sound is not None
    assert sound.model.items[0].count == 3
    assert sound.lost == {}
