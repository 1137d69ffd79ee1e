"""What is read from lists is put into a folder, all of it at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from p2p_dispatch.reading import Fault, Mark, folders


def put_into(folder: Path, write: Callable[[Path], object]) -> list[Path]:
    """
    Put files into a folder, all of them or none, and return them; older ones are kept.

    Raises
    ------
    InputError
        P2P4010, when the folder is a file or cannot be written to.
    """
    return folders.put_into(folder, write, _no_folder)


def _no_folder(folder: Path, trouble: OSError) -> Fault:
    return Fault(
        code="P2P4010",
        mark=Mark(str(folder), 0),
        found=f"nothing can be written here: {folders.reason_of(folder, trouble)}",
        right="a folder that can be written to, e.g. -o another-folder",
    )
