"""What an unquoted word means: YAML 1.2, and none of the surprises of 1.1."""

import pytest

from p2p_dispatch.reading.scalars import plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[(word, None) for word in ("", "~", "null", "Null", "NULL")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        *[(word, False) for word in ("false", "False", "FALSE")],
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("0o17", 15),
        ("0xFF", 255),
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
    ],
)
def test_what_has_a_value(text, value):
    assert plain(text) == value
    assert type(plain(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        *("16:00", "1:30", "06:00", "no", "yes", "on", "off", "y", "n", "nUll", "tRUE"),
        *("017", "00", "12_000", "1,5", "2020-02-22", "2020-02-22 08:00", "0b11", "1e", "--1"),
        *(".nan", ".inf", "-.inf", "nan", "+", "-", ".", "0o8", "0xg", "１２", "12a", "9" * 400),
    ],
)
def test_what_stays_text(text):
    assert plain(text) == text
