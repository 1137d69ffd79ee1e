"""Runs a page as its reader would: block after block, in one folder."""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from p2p_dispatch.cli.run import run
from p2p_dispatch.reading.yaml import read_yaml
from tests.docs.blocks import ROOT, Block

SEEN = ("benchmarks", "scenarios", "solvers")
"""Folders of the clone that commands on a page name."""

PROGRESS = re.compile(r"^( *[\d,]+ s  |compiling, ).*\n", re.MULTILINE)
"""What a command says while it works; a page shows what it says in the end."""

SAME = doctest.OutputChecker().check_output


class WrongError(AssertionError):
    """A block does not do what the page says."""


@dataclass
class Reader:
    """Somebody who reads a page and does what it says."""

    folder: Path
    names: dict[str, Any] = field(default_factory=dict)
    """What the Python blocks of the page have defined so far."""
    fresh: dict[int, str] = field(default_factory=dict)
    """Text of console blocks, by their line, as it came out."""

    def __post_init__(self) -> None:
        for name in SEEN:
            (self.folder / name).symlink_to(ROOT / name)

    def do(self, block: Block, *, compare: bool = True) -> None:
        """Do what one block says."""
        if block.verb == "not run":
            return
        with working_in(self.folder):
            if block.kind == "comment":
                self._edit(block)
            elif block.verb == "file":
                path = Path(block.rest)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, encoding="utf-8")
            elif block.verb == "shows":
                shown = Path(block.rest).read_text(encoding="utf-8-sig")
                if not shown.startswith(block.text):
                    raise WrongError(f"{block.name}: {block.rest} does not begin like this")
            elif block.verb in ("merge", "replace"):
                self._put(block)
            elif block.verb == "is":
                self._read(block)
            elif block.kind == "console":
                self._type(block, compare=compare)
            elif block.kind == "python":
                exec(compile(block.text, block.name, "exec"), self.names)

    def _edit(self, block: Block) -> None:
        verb, _, rest = block.say.partition(" ")
        name, _, words = rest.partition(": ")
        if verb == "copy":
            shutil.rmtree(words, ignore_errors=True)
            shutil.copytree(name, words)
            return
        old, _, new = words.partition(" => ")
        path = Path(name)
        text = path.read_text(encoding="utf-8-sig")
        if old not in text:
            raise WrongError(f"{block.name}: {name} has no {old!r}")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def _read(self, block: Block) -> None:
        """YAML that a model of the program reads."""
        module, _, name = block.rest.rpartition(".")
        Path("piece.yaml").write_text(block.text, encoding="utf-8")
        getattr(import_module(module), name).model_validate(read_yaml(Path("piece.yaml")).data)

    def _put(self, block: Block) -> None:
        """A fragment of YAML into a scenario; parts of lists are known by their ids."""
        Path("piece.yaml").write_text(block.text, encoding="utf-8")
        new, path = read_yaml(Path("piece.yaml")).data, Path(block.rest)
        old = read_yaml(path).data
        result = {**old, **new} if block.verb == "replace" else merged(old, new)
        text = yaml.safe_dump(result, sort_keys=False, allow_unicode=True)
        path.write_text(text, encoding="utf-8")

    def _type(self, block: Block, *, compare: bool) -> None:
        turns = list(turns_of(block.text))
        expected = int(block.say.split()[-1]) if block.say.startswith("exit code") else 0
        compare = compare and any(output.strip() for _, output in turns)  # else nothing is shown
        told = []
        for number, (command, output) in enumerate(turns):
            code, came = self._typed(command)
            told += [f"$ {command}\n", came if not SAME(output, came, doctest.ELLIPSIS) else output]
            wanted = expected if number == len(turns) - 1 else 0
            if code != wanted:
                raise WrongError(f"{block.name}: {command} returned {code}:\n{came}")
            if compare and not SAME(output, came, doctest.ELLIPSIS):
                raise WrongError(
                    f"{block.name}: {command} now says\n{came}\n"
                    "If that is right: python -m tests.docs.refresh"
                )
        self.fresh[block.line] = "".join(told)

    def _typed(self, command: str) -> tuple[int, str]:
        """Exit code and output of a command; ours runs in this process, which saves its start."""
        words = shlex.split(command.replace("\\\n", " "), comments=True)
        if words[:2] == ["pip", "install"]:
            return self._install(*words[2:])
        if words[0] == "p2p-dispatch" and not re.search(r"[|&<>;$]", command):
            out = io.StringIO()
            with redirect_stdout(out), redirect_stderr(out):
                code = run(words[1:])
            return code, PROGRESS.sub("", out.getvalue())
        return shell("bash", "-c", command)

    def _install(self, *words: str) -> tuple[int, str]:
        """Install for this reader alone, and without the network."""
        site = str(self.folder / "site-packages")
        offline = ("--no-build-isolation", "--no-deps", "--no-index", "--target", site)
        done = shell(sys.executable, "-m", "pip", "install", "--quiet", *offline, *words)
        sys.path.append(site)
        os.environ["PYTHONPATH"] = site
        return done


def shell(*words: str) -> tuple[int, str]:
    """Exit code and output of another program, ours and Python's first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PATH": path},
        check=False,
    )
    return done.returncode, done.stdout.replace("\ufeff", "")


def turns_of(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, with what follows it."""
    for turn in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = turn.partition("\n")
        while command.endswith("\\"):
            more, _, output = output.partition("\n")
            command = f"{command}\n{more}"
        yield command, output


def merged(old: Any, new: Any) -> Any:
    """Keys into mappings, parts into lists: those whose id is there already are changed."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    parts = [*old, *new] if isinstance(old, list) and isinstance(new, list) else []
    if parts and all(isinstance(part, dict) and "id" in part for part in parts):
        by_id = {part["id"]: part for part in old}
        for part in new:
            by_id[part["id"]] = merged(by_id.get(part["id"]), part)
        return list(by_id.values())
    return new


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """The working directory for a while."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
