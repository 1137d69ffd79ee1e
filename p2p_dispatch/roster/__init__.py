"""
From the lists people signed up on to cohorts, and from the trips of a plan back to names.

Names, identity numbers and telephone numbers do not leave this room for the scenario or the plan.
"""

from p2p_dispatch.roster.files import read_roster, write_roster
from p2p_dispatch.roster.person import Gender, Person, Role, Roster
from p2p_dispatch.roster.seat import seat_people
from p2p_dispatch.roster.seating import Left, Manifest, OpenSeat, Seated, Seating
from p2p_dispatch.roster.seating_files import read_seating, write_seating
from p2p_dispatch.roster.tally import check_seating

__all__ = [
    "Gender",
    "Left",
    "Manifest",
    "OpenSeat",
    "Person",
    "Role",
    "Roster",
    "Seated",
    "Seating",
    "check_seating",
    "read_roster",
    "read_seating",
    "seat_people",
    "write_roster",
    "write_seating",
]
