"""The verbs of a case. Each one checks, writes and logs in one transaction.

Every verb raises NotAllowedError, with the reason, where the role is missing, the stage forbids
it, or the law asks for something that is not there; then nothing is written.
"""

from gongkai.casework.actions.amending import correct_applicant, correct_receipt
from gongkai.casework.actions.applying import apply, tracked
from gongkai.casework.actions.enclosing import add_enclosure
from gongkai.casework.actions.opening import open_enclosure, open_person
from gongkai.casework.actions.receiving import ask_confirmation, confirm, receive, receive_lapsed
from gongkai.casework.actions.registering import Receipt

__all__ = [
    "Receipt",
    "add_enclosure",
    "apply",
    "ask_confirmation",
    "confirm",
    "correct_applicant",
    "correct_receipt",
    "open_enclosure",
    "open_person",
    "receive",
    "receive_lapsed",
    "tracked",
]
