"""
From the lists people signed up on to cohorts, and from the trips of a plan back to names.

Names, identity numbers and telephone numbers do not leave this room for the scenario or the plan.
"""

from p2p_dispatch.roster.files import read_roster, write_roster
from p2p_dispatch.roster.person import Gender, Person, Role, Roster
from p2p_dispatch.roster.seating import Left, Manifest, OpenSeat, Seated, Seating
from p2p_dispatch.roster.seating_files import read_seating, write_seating

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
    "read_roster",
    "read_seating",
    "write_roster",
    "write_seating",
]
