"""The clock of an application: when the answer is due, and why. Plain values, no Django.

    due(facts, calendar, as_of) -> Due      what is due, how the case stands, what is awaited
    reasons(due)                            the steps that led there, in words
    warning(due)                            how near the day is

Whoever needs the words imports `reasons` and `warning`; counting alone does not load them.
"""

from gongkai.casework.clock.consulting import Consultation, Waiting
from gongkai.casework.clock.due import Deadlines, Due, Problem
from gongkai.casework.clock.facts import Fact, FactsError, read_facts
from gongkai.casework.clock.rules import due
from gongkai.casework.clock.settings import USUAL, Rules

__all__ = [
    "USUAL",
    "Consultation",
    "Deadlines",
    "Due",
    "Fact",
    "FactsError",
    "Problem",
    "Rules",
    "Waiting",
    "due",
    "read_facts",
]
