"""Several files put into a folder at once, older ones of their names kept."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from p2p_dispatch.reading.faults import Fault, InputError

OLDER = "older"
"""Where earlier files of a folder are kept, in folders 1, 2, ..."""


def put_into(
    folder: Path,
    write: Callable[[Path], object],
    fault: Callable[[Path, OSError], Fault],
    names: Sequence[str] | None = None,
    also: Sequence[str] = (),
) -> list[Path]:
    """
    Put files into a folder, all of them or none, and return them.

    The files are made in a hidden folder first and then moved. Files of the same names that were
    there move to ``older/1``, ``older/2``, ...; others are not touched.

    Parameters
    ----------
    folder
        Where to; made if it is not there.
    write
        Writes the files into the folder it is given.
    fault
        What is said when the folder is a file or cannot be written to.
    names
        The files in the order in which they are put there; none: by name. Older ones go the other
        way round, so that where the last one stands the others do too.
    also
        Files that go with older ones of those names; none of theirs is put there.

    Raises
    ------
    InputError
        With that fault.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=".p2p-dispatch-", dir=folder))
    except OSError as trouble:
        raise InputError([fault(folder, trouble)]) from None
    try:
        write(workshop)
        names = names or sorted(path.name for path in workshop.iterdir())
        there = [name for name in reversed(names) if (folder / name).exists()]
        beside = [name for name in also if there and (folder / name).exists()]
        _keep_older(folder, there + beside)
        for name in names:
            os.replace(workshop / name, folder / name)
    except OSError as trouble:
        raise InputError([fault(folder, trouble)]) from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return [folder / name for name in names]


def reason_of(folder: Path, trouble: OSError) -> str:
    """Why nothing can be written into a folder."""
    return "it is a file" if folder.is_file() else (trouble.strerror or str(trouble)).lower()


def _keep_older(folder: Path, names: Sequence[str]) -> None:
    # whatever bears one of our names is kept, also a file that the user made
    if not names:
        return
    older = folder / OLDER
    older.mkdir(exist_ok=True)
    number = 1 + max((int(p.name) for p in older.iterdir() if p.name.isdecimal()), default=0)
    (older / str(number)).mkdir()
    for name in names:
        os.replace(folder / name, older / str(number) / name)
