"""The verbs of a case. Each one checks, writes and logs in one transaction.

Every verb raises NotAllowedError, with the reason, where the role is missing, the stage forbids
it, or the law asks for something that is not there; then nothing is written.
"""

from gongkai.casework.actions.applying import apply, tracked
from gongkai.casework.actions.receiving import ask_confirmation, confirm, receive, receive_lapsed
from gongkai.casework.actions.registering import Receipt

__all__ = [
    "Receipt",
    "apply",
    "ask_confirmation",
    "confirm",
    "receive",
    "receive_lapsed",
    "tracked",
]
