"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from errno import EACCES, ENOTDIR
from pathlib import Path

from p2p_dispatch.reading import Fault, InputError, Mark


def write_text(path: Path, text: str) -> None:
    """
    Write a text in UTF-8; an older file is replaced once the new one is whole.

    Raises
    ------
    InputError
        P2P5003, when it cannot be written there.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """The same with bytes."""

    def write(there: Path) -> None:
        there.write_bytes(content)

    write_by(path, write)


def write_by(path: Path, write: Callable[[Path], None]) -> None:
    """
    Let a function write a file, and put it in its place when it is done.

    Raises
    ------
    InputError
        P2P5003, when it cannot be written there.
    """
    refuse_file(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            prefix=".p2p-dispatch-", dir=path.parent, suffix=path.suffix
        )
        os.close(handle)
        there = Path(name)
        try:
            write(there)
            there.chmod(0o666 & ~_umask())  # a file as any other: mkstemp makes private ones
            os.replace(there, path)
        finally:
            there.unlink(missing_ok=True)
    except OSError as trouble:
        raise InputError([_cannot(path, trouble)]) from None


def refuse_file(path: Path) -> None:
    """
    Say now that a file could not be written later.

    Raises
    ------
    InputError
        P2P5003, when it is a folder, or its folder is a file or cannot be written to.
    """
    there = path.parent
    while not there.exists() and there != there.parent:
        there = there.parent
    if path.is_dir():
        raise InputError([_cannot(path, IsADirectoryError(EACCES, "it is a folder"))])
    if not there.is_dir():
        raise InputError([_cannot(path, NotADirectoryError(ENOTDIR, f"{there} is a file"))])
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError([_cannot(path, PermissionError(EACCES, "permission denied"))])


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot(path: Path, trouble: OSError) -> Fault:
    reason = (trouble.strerror or str(trouble)).lower()
    return Fault(
        code="P2P5003",
        mark=Mark(str(path), 0),
        found=f"this cannot be written: {reason}",
        right="a place that can be written to, e.g. -o another-folder/name",
    )
