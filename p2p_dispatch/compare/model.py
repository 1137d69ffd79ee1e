"""What two plans of one scenario differ in; what ``compare --json`` prints."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from p2p_dispatch.compare.frames import Frames

COMPARISON_VERSION: Literal["1"] = "1"
"""Version of the format."""


Group = Literal["people", "class", "trips", "seats", "road", "cost", "payer", "waiting", "value"]
"""The tables of figures."""


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


class Kind(StrEnum):
    """What a figure counts."""

    COUNT = "count"
    KM = "km"
    MONEY = "money"
    SHARE = "share"
    DAYS = "days"


class Verdict(StrEnum):
    """How the second plan treats some people, compared with the first."""

    BETTER = "better"
    WORSE = "worse"
    OTHERWISE = "otherwise"
    """Neither, but at another hour, from or to another place, by another mode, or to another
    employer."""
    SAME = "same"
    """As in the first plan."""


class Measure(StrEnum):
    """What decides who is better off, the first in this order that differs."""

    MOVED = "moved"
    """Whether they are moved at all."""
    LATE = "late"
    """Days after being due on which they arrive: the fewer the better."""
    DAY = "day"
    """Day on which they leave: the sooner the better."""
    TRANSFERS = "transfers"
    """How often they change: the less the better."""
    RIDE = "ride"
    """How long they are on the way: the shorter the better."""


class Broken(_Part):
    """A rule that a plan breaks, as ``check`` says it."""

    rule: str
    where: str
    words: str


class Side(_Part):
    """One of the two plans."""

    label: str
    """What it is called here."""
    solver: str
    seed: int
    as_of: AwareDatetime
    ended: str
    findings: tuple[Broken, ...]
    """What ``check`` found; a plan that breaks rules is not a better one."""
    notices: tuple[str, ...]
    """What is odd about it though no rule is broken, e.g. that the scenario has changed since."""


class Figure(_Part):
    """One figure of both plans."""

    group: Group
    """Which of the tables it stands in."""
    id: str
    """Of a class, a payer, a mode and role, a kind of cost; empty for those without one."""
    name: str
    """The same in words."""
    kind: Kind
    one: float
    """In the first plan."""
    other: float
    """In the second plan."""

    @property
    def change(self) -> float:
        """How much more it is in the second plan."""
        return self.other - self.one


class OnDay(_Part):
    """People who leave on a day."""

    day: date
    one: int
    other: int


class Waited(_Part):
    """People who leave so many days after being ready."""

    days: int
    one: int
    other: int


class Way(_Part):
    """How some people travel in one plan."""

    moved: bool
    reason: str = ""
    """Id of the rule that keeps those who are left behind."""
    trips: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    """Mode of each trip, with its role unless it is direct: ``coach``, ``train-trunk``."""
    board: str = ""
    drop: str = ""
    site: str = ""
    """The site whose posts they fill, where their job was open."""
    day: date | None = None
    """Day on which they leave."""
    leaves: AwareDatetime | None = None
    """None by the day."""
    arrives: AwareDatetime | None = None
    """None by the day."""
    late_days: int = 0


class Lot(_Part):
    """What becomes of some people of a cohort in both plans."""

    cohort: str
    origin: str
    site: str
    """Empty where their job is open."""
    priority: str
    people: int
    verdict: Verdict
    by: Measure | None
    """What decides the verdict; none where they are neither better nor worse off."""
    days: int
    """Days later that they leave in the second plan; 0 where either plan leaves them behind."""
    ride_minutes: int
    """Minutes longer that they are on the way in the second plan; 0 by the day and where either
    plan leaves them behind."""
    anew: bool
    """Whether they must be told something else than the first plan tells them: another trip, day,
    hour or place, or that they travel or do not."""
    one: Way
    other: Way


class TripChange(_Part):
    """What became of a trip, told by its id."""

    id: str
    what: Literal["added", "dropped", "changed"]
    day: date
    """In the second plan, unless it is dropped."""
    mode: str
    people: tuple[int, int]
    cost: tuple[float, float]
    differs: tuple[str, ...]
    """What differs of one that is changed: a sentence each."""


class Comparison(_Part, Frames):
    """Two plans of one scenario, figure by figure, trip by trip and lot by lot of people."""

    version: Literal["1"] = COMPARISON_VERSION
    scenario: str
    currency: str
    people: int
    """Everybody on the roster."""
    one: Side
    other: Side
    figures: tuple[Figure, ...]
    days: tuple[OnDay, ...]
    waits: tuple[Waited, ...]
    lots: tuple[Lot, ...]
    """Everybody, by cohort; the people of one cohort are paired so that as few as can be differ."""
    trips: tuple[TripChange, ...]
    """Trips that are not the same in both."""

    @property
    def sound(self) -> bool:
        """Whether both plans keep every rule."""
        return not (self.one.findings or self.other.findings)

    def count(self, verdict: Verdict) -> int:
        """People of a verdict."""
        return sum(lot.people for lot in self.lots if lot.verdict is verdict)

    @property
    def anew(self) -> int:
        """People who must be told something else than the first plan tells them."""
        return sum(lot.people for lot in self.lots if lot.anew)
