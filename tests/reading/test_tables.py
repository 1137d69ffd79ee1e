"""CSV as rows with positions."""

import pytest

from p2p_dispatch.reading.cells import columns_of, read_list, read_mapping, untabular
from p2p_dispatch.reading.tables import read_table
from tests.reading.parts import Item


@pytest.fixture
def table(tmp_path):
    def _table(text):
        path = tmp_path / "t.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_table(path, [Item], "items")

    return _table


def test_the_columns_follow_from_the_model():
    readers = {name: column.reader for name, column in columns_of(Item).items()}
    assert readers == {
        "id": None,
        "count": None,
        "sizes": read_list,
        "prices": read_mapping,
        "hours": None,
        "hours.opens": None,
        "hours.closes": None,
        "limit": None,
        "limit.usual": None,
        "limit.on": read_mapping,
    }
    assert untabular(Item) == {"parts"}


def test_cells_become_what_could_have_been_written_in_yaml(table):
    document = table(
        "id,count,sizes,prices,hours.opens,limit,\n"
        'a,3,4; 3,x=1.5; y=2,7,300,\n\n"b, c", ,,,,,\n,,,,,,\n , ,,,,,\n'
    )
    assert document.faults == []
    assert document.data == [
        {
            "id": "a",
            "count": "3",
            "sizes": ["4", "3"],
            "prices": {"x": "1.5", "y": "2"},
            "hours": {"opens": "7"},
            "limit": "300",
        },
        {"id": "b, c"},
    ]


def test_every_cell_has_its_row_and_column(table):
    spot = table("id,hours.opens,sizes\na,7,4; x\n\nb,8,1\n").spot
    places = {
        (): ":1",
        (0,): ":2",
        (0, "id"): ":2:1",
        (0, "hours", "opens"): ":2:2",
        (0, "sizes", 1): ":2:3",
        (1,): ":4",
        (1, "hours"): ":4",
        (1, "count"): ":4",
    }
    for path, place in places.items():
        assert str(spot.walk(path).mark).rpartition("t.csv")[2] == place
    assert str(spot.walk((1, "sizes")).key).endswith("t.csv:1:3")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_commas_semicolons_and_tabs(table, sign):
    assert table(f"id{sign}count\na{sign}3\n").data == [{"id": "a", "count": "3"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_excel_saves(table, encoding):
    assert table("id,count\r\n港北,3\r\n".encode(encoding)).data[0]["id"] == "港北"


def test_a_misspelt_heading_is_read_as_what_it_was_meant_to_be(table):
    """So that the cells below it are judged in the same run."""
    document = table("id,cuont\na,3\n")
    assert [(fault.code, fault.right) for fault in document.faults] == [
        ("P2P1020", "did you mean count?")
    ]
    assert document.data == [{"id": "a", "count": "3"}]


@pytest.mark.parametrize("heading", ["limit,limit.usual", "hours.opens,hours", "count,count"])
def test_two_columns_for_one_field_are_refused(table, heading):
    document = table(f"id,{heading}\na,1,2\n")
    assert [fault.code for fault in document.faults] == ["P2P1031"]


def test_items_are_numbered_over_gaps_in_the_file(table):
    document = table("id,sizes,prices\n\na,1,x\n\nb,1,y=2\n")
    (fault,) = document.faults
    assert (fault.code, fault.mark.line, fault.mark.column) == ("P2P1034", 3, 3)
    assert document.gaps == {(0, "prices")}
