"""A cleaned roster and a seating go to their files and back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p2p_dispatch.reading import InputError
from p2p_dispatch.roster import (
    Gender,
    Left,
    Manifest,
    OpenSeat,
    Person,
    Role,
    Roster,
    Seated,
    Seating,
    read_roster,
    read_seating,
    write_roster,
    write_seating,
)

ANY = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20
) | st.sampled_from(["=1+1", "'=1", "''@", "'", "<b>", "张三", "a,b", 'say "no"', "x\r\ny", "-7"])
MOMENTS = st.none() | st.dates(date(1960, 1, 1)) | st.datetimes(datetime(1960, 1, 1))

PEOPLE = st.builds(
    Person,
    id=ANY,
    name=ANY,
    source=ANY,
    row=st.integers(0, 10**6),
    identity=ANY,
    phone=ANY,
    gender=st.sampled_from(Gender),
    contact=ANY,
    county=ANY,
    origin=ANY,
    employer=ANY,
    site=ANY,
    trade=ANY,
    ready=MOMENTS,
    due=MOMENTS,
    priority=ANY,
    party=ANY,
    accessible=st.booleans(),
    luggage=st.integers(0, 99),
    role=st.sampled_from(Role),
    cohort=ANY,
    note=ANY,
)


def to_the_second(moment):
    return moment.replace(microsecond=0) if isinstance(moment, datetime) else moment


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(people=st.lists(PEOPLE, max_size=5))
def test_a_roster_comes_back_as_it_was(tmp_path: Path, people: list[Person]) -> None:
    from dataclasses import replace

    people = [
        replace(
            person,
            id=f"{i}{person.id}",
            ready=to_the_second(person.ready),
            due=to_the_second(person.due),
            identity=person.identity,
        )
        for i, person in enumerate(people)
    ]
    roster = Roster(tuple(people))
    back = read_roster(write_roster(roster, tmp_path / "roster.csv"))
    for one, other in zip(roster.people, back.people, strict=True):
        # a clock time of 00:00 is the beginning of the day, and is written as the day
        assert replace(one, ready=None, due=None) == replace(other, ready=None, due=None)
        for name in ("ready", "due"):
            mine, theirs = getattr(one, name), getattr(other, name)
            assert mine == theirs or mine == datetime.combine(theirs, datetime.min.time())


def test_an_identity_number_is_guarded_against_excel(tmp_path: Path) -> None:
    roster = Roster((Person(id="p1", name="张三", identity="451025199001011239"),))
    path = write_roster(roster, tmp_path / "roster.csv")
    assert ",'451025199001011239," in path.read_text(encoding="utf-8-sig")
    plain = path.read_text(encoding="utf-8-sig").replace("'45", "45")
    path.write_text(plain, encoding="gb18030")
    assert read_roster(path) == roster


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("id,name\np1,x\np1,y\n,z\n", ["P2P4203", "P2P4203"]),
        ("id,name,luggage\np1,x,many\np2,y,2\n", ["P2P4202"]),
        ("id,name,role\np1,x,king\n", ["P2P4202"]),
        ("id,name,ready\np1,x,2021-02-30\n", ["P2P4202"]),
        ("id,name,accessible\np1,x,perhaps\n", ["P2P4202"]),
        ("person,name\np1,x\n", ["P2P4201"]),
        ("id,name\n,\n,\n", []),
        ("", ["P2P1004"]),
        ('id,name\np1,"x\n', ["P2P1035"]),
    ],
)
def test_a_roster_that_is_none_is_said_to_be(
    tmp_path: Path, content: str, codes: list[str]
) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(content, encoding="utf-8")
    if not codes:
        assert read_roster(path) == Roster(())
        return
    with pytest.raises(InputError) as trouble:
        read_roster(path)
    assert [fault.code for fault in trouble.value.faults] == codes


def some_seating() -> tuple[Roster, Seating]:
    one, two, three, four = (Person(id=f"p{i}", name=f"=name {i}") for i in range(4))
    seated = Seated(person=one, trip="t1", seat="1A", board="o", alight="s", site="s")
    escort = Seated(person=two, trip="t1", seat="1B", board="o", alight="s", duty="escort")
    full = Manifest(
        trip="t1",
        seated=(seated, escort),
        open_staff=(OpenSeat(role="medic", seat="1C"),),
        standby=(three,),
    )
    left = Left(person=four, reason="fleet", words="no coach, at all")
    seating = Seating((full, Manifest(trip="t2", seated=())), (left,))
    return Roster((one, two, three, four)), seating


def test_a_seating_comes_back_as_it_was_and_holds_no_name(tmp_path: Path) -> None:
    roster, seating = some_seating()
    path = write_seating(seating, tmp_path / "seating.csv")
    assert "name" not in path.read_text(encoding="utf-8-sig")
    assert read_seating(path, roster) == seating


def test_a_seating_of_another_roster_is_refused(tmp_path: Path) -> None:
    roster, seating = some_seating()
    path = write_seating(seating, tmp_path / "seating.csv")
    with pytest.raises(InputError) as trouble:
        read_seating(path, Roster(roster.people[:2]))
    assert [fault.code for fault in trouble.value.faults] == ["P2P4302", "P2P4302"]
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError) as trouble:
        read_seating(path, roster)
    assert [fault.code for fault in trouble.value.faults] == ["P2P4301"]


def test_nothing_is_left_where_a_file_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_roster(Roster(()), tmp_path / "nowhere" / "roster.csv")
    (tmp_path / "roster.csv").mkdir()
    with pytest.raises(OSError):  # noqa: PT011  (words differ by system)
        write_roster(Roster(()), tmp_path / "roster.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["roster.csv"]
