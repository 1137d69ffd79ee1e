"""Several files put into a folder at once, older ones of their names kept."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from p2p_dispatch.reading import Fault, InputError, Mark

OLDER = "older"
"""Where earlier files of a folder are kept, in folders 1, 2, ..."""


def put_into(folder: Path, write: Callable[[Path], object]) -> list[Path]:
    """
    Put files into a folder, all of them or none, and return them.

    Files of the same names that were there move to ``older/1``, ``older/2``, ...

    Parameters
    ----------
    folder
        Where to; made if it is not there.
    write
        Writes the files into the folder it is given.

    Raises
    ------
    InputError
        P2P4010, when the folder is a file or cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=".p2p-dispatch-", dir=folder))
    except OSError as trouble:
        raise InputError([_no_folder(folder, trouble)]) from None
    try:
        write(workshop)
        names = sorted(path.name for path in workshop.iterdir())
        _keep_older(folder, [name for name in names if (folder / name).exists()])
        for name in names:
            os.replace(workshop / name, folder / name)
    except OSError as trouble:
        raise InputError([_no_folder(folder, trouble)]) from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return [folder / name for name in names]


def _keep_older(folder: Path, names: list[str]) -> None:
    if not names:
        return
    older = folder / OLDER
    older.mkdir(exist_ok=True)
    number = 1 + max((int(p.name) for p in older.iterdir() if p.name.isdecimal()), default=0)
    (older / str(number)).mkdir()
    for name in names:
        os.replace(folder / name, older / str(number) / name)


def _no_folder(folder: Path, trouble: OSError) -> Fault:
    reason = "it is a file" if folder.is_file() else (trouble.strerror or str(trouble)).lower()
    return Fault(
        code="P2P4010",
        mark=Mark(str(folder), 0),
        found=f"nothing can be written here: {reason}",
        right="a folder that can be written to, e.g. -o another-folder",
    )
