"""People: somebody is there, their days fit, their parties fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft
from p2p_dispatch.scenario.crosscheck.coaches import Coaches


def no_people(draft: Draft) -> Iterator[Clash]:
    """An empty roster."""
    if not draft.scenario.cohorts:
        yield Clash("P2P1101", ("cohorts",), "there are no cohorts", "list the people who travel")


def due_before_ready(draft: Draft) -> Iterator[Clash]:
    """People who are due before they can leave, and may not be so late."""
    late = timedelta(days=draft.scenario.rules.priority.late_days)
    for i, cohort in enumerate(draft.scenario.cohorts):
        if _begin(cohort.ready) - _end(cohort.due) >= late:
            yield Clash(
                "P2P1102",
                ("cohorts", i, "due"),
                f"due {_said(cohort.due)} is before ready {_said(cohort.ready)}",
                f"move due to {day_of(cohort.ready)} or later, or ready earlier",
            )


def outside_horizon(draft: Draft) -> Iterator[Clash]:
    """People who are ready too late or due too early for this horizon."""
    days = draft.scenario.days
    late = draft.scenario.rules.priority.late_days
    for i, cohort in enumerate(draft.scenario.cohorts):
        ready, due = day_of(cohort.ready), day_of(cohort.due)
        if ready > days.last:
            yield Clash(
                "P2P1103",
                ("cohorts", i, "ready"),
                f"ready {ready} is after the last day, {days.last}",
                "extend days.last, or keep the cohort for a later scenario",
            )
        elif (days.first - due).days > late and ready <= due:
            yield Clash(
                "P2P1104",
                ("cohorts", i, "due"),
                f"due {due} is before the first day, {days.first}",
                "begin days.first earlier, agree on a later due day, or take the cohort out",
            )


def parties_too_many(draft: Draft) -> Iterator[Clash]:
    """More people in parties than in the cohort."""
    for i, cohort in enumerate(draft.scenario.cohorts):
        if sum(cohort.parties) > cohort.count:
            yield Clash(
                "P2P1105",
                ("cohorts", i, "parties"),
                f"the parties are {sum(cohort.parties)} people, the cohort has {cohort.count}",
                f"list parties of {cohort.count} people or fewer; single people are not listed",
            )


def party_too_large(draft: Draft) -> Iterator[Clash]:
    """A party for which no coach has enough seats on any of its days."""
    coaches = Coaches(draft.scenario)
    if draft.scenario.services:
        return  # a party may ride a train from end to end
    for i, cohort in enumerate(draft.scenario.cohorts):
        if not cohort.parties or not coaches.types:
            continue
        party = max(cohort.parties)
        if party <= coaches.fewest:
            continue
        seats = coaches.most_riders(cohort)
        if seats is not None and 0 < seats < party:
            yield Clash(
                "P2P1106",
                ("cohorts", i, "parties"),
                f"a party has {party} people; the largest coach has {seats} seats for them",
                f"agree with them on parties of {seats} or fewer",
            )


def too_many_in_need(draft: Draft) -> Iterator[Clash]:
    """More people in need of an accessible place than travel one by one."""
    for i, cohort in enumerate(draft.scenario.cohorts):
        single = cohort.count - sum(cohort.parties)
        if cohort.accessible > single >= 0:
            yield Clash(
                "P2P1108",
                ("cohorts", i, "accessible"),
                f"{cohort.accessible} people need an accessible place, {single} travel one by one",
                "count only those outside the parties; they are part of count",
            )


def no_vehicle_for(draft: Draft) -> Iterator[Clash]:
    """People in need of an accessible place or with luggage that no vehicle takes."""
    coaches = Coaches(draft.scenario)
    if not coaches.types or draft.scenario.services:
        return
    accessible = max(unit_type.accessible for unit_type in coaches.types)
    holds = [unit_type.luggage for unit_type in coaches.types]
    luggage = None if None in holds else max(filter(None, holds), default=0)
    for i, cohort in enumerate(draft.scenario.cohorts):
        if cohort.accessible and not accessible:
            found = "no unit type of a pool has an accessible place: these people stay behind"
            right = "write accessible: 1 or more at a unit type that has some"
            yield Clash("P2P1109", ("cohorts", i, "accessible"), found, right)
        if luggage is not None and cohort.luggage > luggage:
            found = f"nobody with {cohort.luggage} pieces fits: a vehicle holds {luggage}"
            yield Clash("P2P1109", ("cohorts", i, "luggage"), found, "let them bring less")


def _begin(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _end(moment: date) -> datetime:
    """When it is too late; a day counts until its end."""
    if isinstance(moment, datetime):
        return moment
    return (
        datetime.combine(moment, time.max)
        if moment == date.max
        else _begin(moment + timedelta(days=1))
    )


def _said(moment: date) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else str(moment)
