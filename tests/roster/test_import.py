"""Lists as they come: what is read, and what is said of the rest."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from p2p_dispatch.reading import InputError
from p2p_dispatch.roster import Gender, Role
from p2p_dispatch.roster.importing import write_rejects
from tests.roster.lists import HEAD, codes, identity, imported, row, text_file, workbook


@pytest.fixture
def sheet(tmp_path: Path):
    """Writes rows below the headings as a workbook."""

    def _sheet(*rows: list[Any], head: list[str] = HEAD) -> Path:
        return workbook(tmp_path / "list.xlsx", [head, *rows])

    return _sheet


def test_a_good_row_is_a_person_of_a_cohort(sheet) -> None:
    result = imported(sheet(row(1), row(2)))
    assert codes(result) == []
    one, other = result.roster.people
    assert (one.name, one.identity, one.phone) == ("张1", identity(1), "13800000001")
    assert (one.origin, one.site, one.county) == ("tiandong", "长安电子厂", "田东县")
    assert (one.source, one.row, one.id) == ("list.xlsx!名单", 2, "r2")
    assert (one.gender, other.gender) == (Gender.MALE, Gender.FEMALE)
    assert [(c.id, c.count) for c in result.cohorts] == [("tiandong-长安电子厂-0223-0225", 2)]
    assert one.cohort == other.cohort == result.cohorts[0].id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_in_every_form_is_the_same_list(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([HEAD, row(1), row(2)])
    result = imported(path)
    assert codes(result) == []
    assert [person.name for person in result.roster.people] == ["张1", "张2"]


def test_titles_above_the_headings_and_sums_below_are_no_people(sheet, tmp_path: Path) -> None:
    rows = [
        ["2021年花名册"],
        ["填报单位：某局", "", "2021年2月"],
        HEAD,
        row(1),
        HEAD,
        row(2),
        ["合计", "2人"],
    ]
    result = imported(workbook(tmp_path / "list.xlsx", rows))
    assert len(result.roster) == 2
    assert codes(result) == ["P2P4118", "P2P4118"]
    assert [str(fault.mark) for fault in result.faults] == [
        f"{tmp_path}/list.xlsx!名单!row 5",
        f"{tmp_path}/list.xlsx!名单!row 7",
    ]
    assert not result.bad
    assert len(result.rejects) == 2


def test_english_headings_do_too(tmp_path: Path) -> None:
    head = ["Name", "ID number", "Mobile", "Home county", "Employer", "Destination", "Ready date",
            "Due date", "Group ID", "Wheelchair", "Bags", "Role"]  # fmt: skip
    people = [
        ["Zhang San", identity(1), "+86 138 0000 0001", "Tiandong", "Best Works", "Foshan",
         "23 Feb 2021", "Feb 25, 2021", "A", "no", "2", "leader"],
        ["Li Si", identity(2), "13800000002", "Tiandong", "Best Works", "Foshan", "2021/2/23",
         "25.2.2021", "A", "", 1, ""],
        ["Wang Wu", identity(3), "13800000003", "Tiandong", "Best Works", "Foshan", 44250.0,
         "2021-02-25", "", "yes", "", "standby"],
    ]  # fmt: skip
    result = imported(workbook(tmp_path / "list.xlsx", [head, *people]))
    assert codes(result) == []
    one, two, three = result.roster.people
    assert (one.role, three.role) == (Role.LEADER, Role.STANDBY)
    assert one.ready == three.ready == date(2021, 2, 23)
    assert three.accessible
    assert not three.cohort
    (cohort,) = result.cohorts
    # the party has as much luggage as whoever has most
    assert (cohort.count, cohort.parties, cohort.luggage) == (2, (2,), 2)
    assert two.luggage == 1


CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "lost digits": ({"身份证号": 451022199001010123.0}, "P2P4102", "B2"),
    "lost digits in text": ({"身份证号": "4.51022E+17"}, "P2P4102", "B2"),
    "lost digits as zeros": ({"身份证号": "451022199001010000"}, "P2P4102", "B2"),
    "wrong check digit": ({"身份证号": identity(1)[:-1] + "3"}, "P2P4102", "B2"),
    "of 15 digits": ({"身份证号": "451022900101001"}, "P2P4102", "B2"),
    "too short": ({"身份证号": "45102219900101"}, "P2P4102", "B2"),
    "no such day of birth": ({"身份证号": "451022199013010011"}, "P2P4102", "B2"),
    "no name": ({"姓名": " "}, "P2P4101", "A2"),
    "no such place": ({"县": "田冬县"}, "P2P4104", "D2"),
    "no place": ({"县": ""}, "P2P4104", "D2"),
    "nothing says where": ({"务工地": ""}, "P2P4105", "E2"),
    "no such destination": ({"务工地": "火星"}, "P2P4105", "E2"),
    "neither employer nor trade": ({"用工单位": "", "务工地": ""}, "P2P4113", "E2"),
    "no day": ({"出发日期": ""}, "P2P4106", "G2"),
    "not a day": ({"出发日期": "过完年"}, "P2P4106", "G2"),
    "two days": ({"出发日期": "2/3/2021"}, "P2P4106", "G2"),
    "no such day": ({"到岗日期": "2021-02-30"}, "P2P4106", "H2"),
    "no year": ({"出发日期": "2月23日"}, "P2P4106", "G2"),
    "due before ready": ({"到岗日期": "2021-02-22"}, "P2P4107", "H2"),
    "too long": ({"姓名": "长" * 600}, "P2P4112", "A2"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_row_is_named_with_its_cell_and_the_others_go_on(case: str, sheet) -> None:
    changes, code, cell = CASES[case]
    path = sheet(row(1, **changes), row(2))
    result = imported(path)
    assert [(fault.code, str(fault.mark)) for fault in result.faults] == [
        (code, f"{path}!名单!{cell}")
    ]
    assert [person.name for person in result.roster.people] == ["张2"]
    assert len(result.bad) == 1


def test_all_faults_of_a_row_come_together_and_it_is_rejected_once(sheet, tmp_path: Path) -> None:
    result = imported(sheet(row(1, 姓名="", 身份证号="1", 县="火星"), row(2)))
    assert sorted(codes(result)) == ["P2P4101", "P2P4102", "P2P4104"]
    path = write_rejects(result.rejects, tmp_path / "rejects.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (reject,) = csv.DictReader(file)
    assert reject["where"] == f"{tmp_path}/list.xlsx!名单!row 2"
    assert reject["cell 4"] == "火星"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"电话": "12345"}, "P2P4103"),
        ({"电话": ""}, None),
        ({"身份证号": ""}, None),
        ({"身份证号": "E12345678"}, None),
        ({"身份证号": identity(1).lower()}, None),
        ({"身份证号": f" {identity(1)[:6]} {identity(1)[6:]}"}, None),
        ({"电话": 13800000001.0}, None),
        ({"出发日期": date(2021, 2, 23)}, None),
        ({"出发日期": datetime(2021, 2, 23, 8, 30)}, None),
        ({"出发日期": "2021年2月23日"}, None),
        ({"出发日期": "20210223"}, None),
        ({"县": "广西百色市田东县祥周镇"}, None),
        ({"县": "田东"}, None),
    ],
)
def test_what_can_be_read_is_a_person(changes: dict[str, Any], code: str | None, sheet) -> None:
    result = imported(sheet(row(1, **changes)))
    assert codes(result) == [code] * (code is not None)
    assert len(result.roster) == 1
    assert result.roster.people[0].origin == "tiandong"


def test_whoever_stands_twice_counts_once(sheet) -> None:
    """The third has the number of the first, the fourth its name and telephone and no number."""
    again = row(3, 身份证号=identity(1))
    same = row(1, 身份证号="")
    result = imported(sheet(row(1), row(2), again, same))
    assert codes(result) == ["P2P4109", "P2P4110"]
    assert "first in row 2, and the rows differ" in result.faults[0].found
    assert [person.name for person in result.roster.people] == ["张1", "张2"]


def test_two_people_may_share_name_and_telephone(sheet) -> None:
    result = imported(sheet(row(1), row(2, 姓名="张1", 电话="13800000001")))
    assert codes(result) == ["P2P4117"]
    assert len(result.roster) == 2


def test_a_family_goes_together_though_one_is_ready_later(sheet) -> None:
    head = [*HEAD, "同行组", "人员类别"]
    path = sheet(
        [*row(1), "甲", ""],
        [*row(2, 出发日期="2021-02-24"), "甲", "脱贫户"],
        [*row(3), "", ""],
        head=head,
    )
    result = imported(path)
    assert codes(result) == ["P2P4119"]
    one, two, three = result.roster.people
    assert one.cohort == two.cohort != three.cohort
    assert (one.ready, one.priority) == (date(2021, 2, 24), "out-of-poverty")


def test_who_needs_an_accessible_place_is_counted_for_it(sheet) -> None:
    head = [*HEAD, "同行组", "轮椅"]
    path = sheet(*([*row(i), "甲", "是" if i == 3 else ""] for i in (1, 2, 3)), head=head)
    result = imported(path)
    assert codes(result) == ["P2P4115"]
    (cohort,) = result.cohorts
    assert (cohort.count, cohort.parties, cohort.accessible) == (3, (2,), 1)


def test_a_party_that_cannot_be_one_is_said_to_be_parted(sheet) -> None:
    head = [*HEAD, "同行组"]
    path = sheet(
        [*row(1), "甲"],
        [*row(2, 县="平果市"), "甲"],
        [*row(3), "乙"],
        [*row(4, 身份证号="1"), "乙"],
        [*row(5), "丙"],
        [*row(6, 出发日期="2021-03-01", 到岗日期="2021-03-02"), "丙"],
        head=head,
    )
    result = imported(path)
    assert codes(result) == ["P2P4114", "P2P4114", "P2P4102", "P2P4114"]


def test_the_mapping_file_says_what_the_program_cannot_know(sheet) -> None:
    head = ["务工者", *HEAD[1:5], "去哪里", "什么时候走", "级别", "内部编号"]
    cells = row(1, 县="那边")
    path = sheet([*cells[:5], "老地方", "2月23日", "甲等", "x"], head=head)
    result = imported(
        path,
        columns={
            "务工者": "name",
            "去哪里": "destination",
            "什么时候走": "ready",
            "级别": "priority",
        },
        ignore=["内部编号"],
        words={"priority": {"甲等": "first"}},
        places={"那边": "napo", "老地方": {"id": "x", "lat": 23, "lon": 113}},
        defaults={"due": "2021-02-25"},
        year=2021,
    )
    assert codes(result) == []
    (person,) = result.roster.people
    assert (person.priority, person.ready) == ("first", date(2021, 2, 23))


def test_employers_that_may_be_one_are_noted(sheet) -> None:
    """One sign in five is noted; numbers of plants are not."""
    names = ["长安电子厂", "长安电子广", "长安电子厂2", "长安电子厂3"]
    result = imported(sheet(*(row(i, 用工单位=name) for i, name in enumerate(names, start=1))))
    assert codes(result) == ["P2P4122"]
    assert "'长安电子厂' and '长安电子广'" in "".join(fault.found for fault in result.faults)
    assert len(result.roster) == 4
    said = imported(
        sheet(row(1), row(2, 用工单位="长安电子广")),
        employers={"长安电子广": "长安电子厂", "长安电子厂": "长安电子厂"},
    )
    assert {person.site for person in said.roster.people} == {"长安电子厂"}


def test_columns_that_are_not_known_are_said_with_what_they_may_be(sheet) -> None:
    result = imported(sheet([*row(1), "x"], head=[*HEAD, "紧急联糸人"]))
    assert codes(result) == ["P2P4006"]
    assert "did you mean 紧急联系人 (contact)?" in result.faults[0].right


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ([*HEAD, "手机号"], "P2P4005"),
        (["甲", "乙"], "P2P4007"),
        (["身份证号", "电话", "县"], "P2P4007"),
    ],
)
def test_a_list_without_its_headings_is_refused(sheet, head: list[str], code: str) -> None:
    with pytest.raises(InputError) as trouble:
        imported(sheet(row(1), head=head))
    assert [fault.code for fault in trouble.value.faults] == [code]


def test_a_field_that_there_is_not_is_refused(sheet) -> None:
    with pytest.raises(InputError, match="P2P4003"):
        imported(sheet(row(1)), columns={"县": "home"})


def test_several_files_and_sheets_are_one_roster(tmp_path: Path) -> None:
    from p2p_dispatch.roster.importing import import_roster
    from p2p_dispatch.roster.known import Books
    from p2p_dispatch.roster.mapping import Mapping
    from p2p_dispatch.roster.places import read_gazetteer

    head = [*HEAD, "同行组"]
    one = workbook(tmp_path / "a.xlsx", [head, [*row(1), "1"], [*row(2), "1"]])
    two = text_file(tmp_path / "b.csv", [head, [*row(3), "1"], [*row(4), "1"], [*row(1), "1"]])
    places = read_gazetteer()
    result = import_roster([one, two], Books(Mapping(), places, places))
    assert "P2P4109" in codes(result)
    assert len({person.id for person in result.roster.people}) == 4
    # party 1 of the one list is not party 1 of the other
    assert result.cohorts[0].parties == (2, 2)


def test_cohorts_keep_their_ids_from_day_to_day(sheet, tmp_path: Path) -> None:
    from p2p_dispatch.roster.importing import import_roster
    from p2p_dispatch.roster.known import Books
    from p2p_dispatch.roster.mapping import Mapping
    from p2p_dispatch.roster.places import read_gazetteer

    first = imported(sheet(row(1)))
    renamed = first.cohorts[0].model_copy(update={"id": "old-name"})
    places = read_gazetteer()
    books = Books(Mapping(), places, places)
    later = import_roster([sheet(row(1), row(2), row(3, 县="那坡"))], books, before=[renamed])
    assert [c.id for c in later.cohorts] == ["napo-长安电子厂-0223-0225", "old-name"]
    assert [c.count for c in later.cohorts] == [1, 2]
