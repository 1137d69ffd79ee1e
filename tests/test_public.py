"""What ``import p2p_dispatch`` promises."""

from __future__ import annotations

import importlib
from types import FunctionType, ModuleType

import pytest

import p2p_dispatch


def test_all_is_sorted_and_is_what_dir_shows() -> None:
    assert p2p_dispatch.__all__ == sorted(p2p_dispatch.__all__)
    assert set(p2p_dispatch.__all__) <= set(dir(p2p_dispatch))


@pytest.mark.parametrize("name", p2p_dispatch.__all__)
def test_every_public_name_exists(name: str) -> None:
    assert not isinstance(getattr(p2p_dispatch, name), ModuleType)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'solve'"):
        p2p_dispatch.solve  # noqa: B018


def test_check_is_the_function_though_there_is_a_room_of_that_name() -> None:
    """Importing the room hangs it on the package, where it would hide the function."""
    importlib.import_module("p2p_dispatch.check")
    assert isinstance(p2p_dispatch.check, FunctionType)
