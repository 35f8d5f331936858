"""The words for fixed values, such as an idea's type: tables of msgids."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from idesluss.problem import N_

VALUES: Mapping[str, str] = MappingProxyType(
    {
        # an idea's type, track, benefit and door
        "improvement": N_("Improvement"),
        "innovation": N_("Innovation"),
        "digitalisation": N_("Digitalisation"),
        "development": N_("Development"),
        "implementation": N_("Implementation"),
        "commercialisation": N_("Commercialisation"),
        "procurement": N_("Procurement"),
        "service": N_("Better service"),
        "efficiency": N_("Efficiency"),
        "engagement": N_("Engagement"),
        "quality": N_("Quality"),
        "safety": N_("Safety"),
        "equality": N_("Equality"),
        "environment": N_("Environment"),
        "societal": N_("Benefit to society"),
        "growth": N_("Growth"),
        "form": N_("Through the form"),
        "issue": N_("Through a GitHub issue"),
        "mail": N_("By mail"),
        "import": N_("From an earlier system"),
        "meeting": N_("At a meeting"),
        "terminal": N_("Through the terminal"),
        # who hands in
        "employee": N_("Employee"),
        "manager": N_("Manager"),
        "resident": N_("Resident"),
        "authority": N_("Authority"),
        "student": N_("Student"),
        # the outcome of a test, the lines of a log
        "met": N_("Threshold met"),
        "not_met": N_("Threshold not met"),
        "unclear": N_("Unclear"),
        "answer": N_("Answer to the idea giver"),
        "question": N_("Question"),
        "note": N_("Note"),
        "support": N_("Support"),
        "endorsement": N_("Endorsement"),
        # where a need was seen
        "deviation": N_("Deviation report"),
        "user_dialogue": N_("Dialogue with users"),
        "staff_dialogue": N_("Dialogue with staff"),
        "audit": N_("Audit"),
        "analysis": N_("Analysis"),
        "horizon": N_("Look at the world around"),
        # good examples and adoptions
        "solution": N_("Solution"),
        "way_of_working": N_("Way of working"),
        "in_use": N_("In use"),
        "pilot": N_("Pilot"),
        "ended": N_("Ended"),
        "failed": N_("Tried, did not work"),
        "CC-BY-4.0": "CC BY 4.0",
        "CC-BY-SA-4.0": "CC BY-SA 4.0",
        "CC0-1.0": "CC0 1.0",
        "self_reported": N_("Self-reported"),
        "editorial": N_("Reviewed by an editor"),
        "research": N_("Reviewed by researchers"),
        "benefit_verified": N_("Benefit verified by an outsider"),
        "copy": N_("Copy"),
        "adapted": N_("Adapted"),
        "inspired": N_("Inspired"),
        "first": N_("First contact"),
        "anchor": N_("Being anchored"),
        "realise": N_("Being introduced"),
        "benefit_confirmed": N_("In use, benefit confirmed"),
        # barriers
        "organisational": N_("Organisation"),
        "legal": N_("Law and rules"),
        "resources": N_("Time and money"),
        "technology": N_("Technology"),
        "knowledge": N_("Knowledge"),
        "culture": N_("Culture"),
        "open": N_("Open"),
        "in_progress": N_("Being worked on"),
        "removed": N_("Removed"),
        # units and actors
        "municipality": N_("Municipality"),
        "region": N_("Region"),
        "administration": N_("Administration"),
        "company": N_("Company"),
        "association": N_("Association"),
        "unit": N_("Unit"),
        "not_started": N_("Not started"),
        "active": N_("Up and running"),
        "paused": N_("Paused"),
        "state": N_("State authority"),
        "academia": N_("University"),
        "institute": N_("Research institute"),
        "supplier": N_("Supplier"),
        "civil_society": N_("Civil society"),
        "incubator": N_("Incubator"),
        "funder": N_("Funder"),
        "network": N_("Network"),
        "testbed": N_("Test environment"),
        # goals
        "vision": N_("Vision"),
        "strategy": N_("Strategy"),
        "board_goal": N_("Goal of a board"),
        "challenge": N_("Challenge"),
        "direction": N_("Direction"),
        "agenda2030": N_("Agenda 2030"),
        "present": N_("Now"),
        "future": N_("In the future"),
        # events and projects
        "mashup": N_("Mashup"),
        "workshop": N_("Workshop"),
        "training": N_("Training"),
        "experience_conference": N_("Experience conference"),
        "planned": N_("Planned"),
        "ongoing": N_("Ongoing"),
        "handed_over": N_("Handed over"),
        "sv": N_("Swedish"),
        "en": N_("English"),
    }
)
"""What a fixed value is called; stages have their own labels."""

OWN_VALUES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("phase", "ended"): N_("No longer used"),
        ("source", "law"): N_("New law or rule"),
        ("rollout", "pilot"): N_("Being tried"),
    }
)
"""Values that one field calls something else than the others: (field, value)."""
