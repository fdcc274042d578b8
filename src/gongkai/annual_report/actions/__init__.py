"""The verbs of a stored report. Each one checks, writes and logs in one transaction.

Every verb raises NotAllowedError, with the reason, where the role is missing, the state forbids
it or the input does not fit; then nothing is written. A state is assigned nowhere else.
"""

from __future__ import annotations

from gongkai.annual_report.actions.allowing import PERMISSION, possible
from gongkai.annual_report.actions.compiling import (
    compile_draft,
    narrate,
    roll_up_draft,
    texts_of,
)
from gongkai.annual_report.actions.correcting import correct, take_reading
from gongkai.annual_report.actions.identifying import identify
from gongkai.annual_report.actions.judging import judge, retract
from gongkai.annual_report.actions.publishing import discard, freeze, publish, unfreeze
from gongkai.annual_report.actions.reminding import remind
from gongkai.annual_report.actions.submitting import accept, return_submission, submit
from gongkai.annual_report.actions.uploading import YEARS, revise, upload

__all__ = [
    "PERMISSION",
    "YEARS",
    "accept",
    "compile_draft",
    "correct",
    "discard",
    "freeze",
    "identify",
    "judge",
    "narrate",
    "possible",
    "publish",
    "remind",
    "retract",
    "return_submission",
    "revise",
    "roll_up_draft",
    "submit",
    "take_reading",
    "texts_of",
    "unfreeze",
    "upload",
]
