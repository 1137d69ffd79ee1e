"""One request to a server, with patience."""

from __future__ import annotations

import json
from http.client import HTTPException, IncompleteRead
from time import sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from p2p_dispatch._version import __version__
from p2p_dispatch.travel.osrm.trouble import Trouble

LONGEST_PAUSE = 60.0
"""Seconds between two tries, whatever the server asks for."""

MOST_BYTES = 200_000_000
"""Of an answer; a table of 3,000 points has 140 MB."""

_TOO_LONG = {413, 414, 431}
"""HTTP statuses of servers, or of proxies before them, to whom a URL is too long."""


class _Again(Exception):  # noqa: N818
    """It may work the next time; ``pause`` is how long the server wants to be left alone."""

    def __init__(self, words: str, pause: float | None = None) -> None:
        super().__init__(words)
        self.pause = pause


def ask(url: str, *, server: str, timeout: float, tries: int) -> Any:
    """
    The JSON that a server answers with, whatever it says.

    Parameters
    ----------
    url
        What to ask.
    server
        The address by which the planner knows the server.
    timeout
        How long the server may be silent, s.
    tries
        How often to ask when it is silent, busy (429) or stumbles (5xx), with pauses of 1, 2,
        4, ... seconds or as long as it asks for.

    Raises
    ------
    Trouble
        When there is no answer, or one that is not JSON.
    """
    for after in range(tries):
        try:
            return _once(url, server, timeout)
        except _Again as again:
            words = str(again)
            if after + 1 < tries:
                sleep(min(2.0**after if again.pause is None else again.pause, LONGEST_PAUSE))
    raise Trouble(
        "P2P1502",
        f"{server} {words}, asked {tries} times" if tries > 1 else f"{server} {words}",
        "try later, which goes on where this stopped, or raise travel.timeout_seconds "
        "or travel.tries",
    )


def _once(url: str, server: str, timeout: float) -> Any:
    request = Request(url, headers={"User-Agent": f"p2p-dispatch/{__version__}"})
    try:
        try:
            with urlopen(request, timeout=timeout) as response:
                return _json(_body(response), server, response.status)
        except HTTPError as refusal:
            with refusal:
                return _refused(refusal, server)
    except TimeoutError:
        raise _Again(f"says nothing for {timeout:g} s") from None
    except (ConnectionResetError, ConnectionAbortedError, BrokenPipeError, IncompleteRead):
        raise _Again("breaks off the connection") from None
    except HTTPException as error:
        raise _not_understood(server, f"not HTTP ({type(error).__name__})") from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _Again(f"says nothing for {timeout:g} s") from None
        if isinstance(error.reason, ConnectionResetError | BrokenPipeError):
            raise _Again("breaks off the connection") from None
        raise _unreachable(server, error.reason) from None
    except (OSError, UnicodeError) as error:  # a name that no host can have
        raise _unreachable(server, error) from None


def _refused(refusal: HTTPError, server: str) -> Any:
    """What a status other than 200 means; OSRM's own refusals have a JSON body."""
    status = refusal.code
    if status == 429 or status >= 500:
        pause = str(refusal.headers.get("Retry-After", ""))
        words = "is busy" if status in (429, 503) else "stumbles"
        # ascii only: there are digits that int() reads and no server means
        seconds = float(pause) if pause.isascii() and pause.isdigit() else None
        raise _Again(f"{words} (HTTP {status})", seconds)
    if status in _TOO_LONG:
        raise Trouble(
            "P2P1504",
            f"{server} takes no URL of {len(refusal.url):,} characters (HTTP {status})",
            "write fewer travel.most_points, e.g. half as many",
        )
    return _json(_body(refusal), server, status)


def _body(response: Any) -> bytes:
    """All of an answer; with a number, ``read`` does not notice that the end is missing."""
    body: bytes = response.read(MOST_BYTES + 1)
    if len(body) <= MOST_BYTES and response.length:
        raise IncompleteRead(body, response.length)
    return body


def _json(body: bytes, server: str, status: int) -> Any:
    if len(body) > MOST_BYTES:
        raise _not_understood(server, f"more than {MOST_BYTES // 1_000_000} MB")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        begins = " ".join(body[:200].decode("utf-8", "replace").split())[:60]
        how = f"HTTP {status}, not JSON" + (f": {begins}" if begins else ", empty")
        raise _not_understood(server, how) from None


def _not_understood(server: str, what: str) -> Trouble:
    return Trouble(
        "P2P1503",
        f"the answer of {server} is {what}",
        "look whether this is the address of an OSRM server",
    )


def _unreachable(server: str, reason: object) -> Trouble:
    words = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return Trouble(
        "P2P1501",
        f"{server} cannot be reached: {words}",
        "start the server or mend the address; --offline takes what was fetched before",
    )
