"""Numbers with stars: enough to know one's own, too little for others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2p_dispatch.report.mask import masked, masked_in


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("452102199001011234", "452***********1234"),
        ("13812345678", "138****5678"),
        ("", ""),
        ("123", "****"),
        ("E1234567", "******67"),
    ],
)
def test_the_middle_is_hidden(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_numbers_in_a_text_are_found_with_blanks_and_strokes_too() -> None:
    assert masked_in("mother 138 1234 5678, flat 12") == "mother 138******5678, flat 12"
    assert masked_in("452102-19900101-123X") == "452*************123X"


@given(st.text(alphabet="0123456789X", min_size=7, max_size=20))
def test_a_number_never_stands_in_what_is_shown_of_it(number: str) -> None:
    assert number not in masked(number)
    assert masked(number).count("*") >= min(3, len(number) - 4)
