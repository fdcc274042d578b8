"""The verbs of a case. Each one checks, writes and logs in one transaction.

Every verb raises NotAllowedError, with the reason, where the role is missing, the stage forbids
it, or the law asks for something that is not there; then nothing is written.
"""

from gongkai.casework.actions.amending import (
    amend_contact,
    correct_applicant,
    correct_receipt,
)
from gongkai.casework.actions.amending_appeals import Stated, amend_appeal
from gongkai.casework.actions.appealing import (
    Opening,
    answer_appeal,
    carry_out,
    conclude,
    open_appeal,
    open_appeal_elsewhere,
    open_retrial,
    open_second_instance,
    set_copy,
)
from gongkai.casework.actions.applying import apply, tracked
from gongkai.casework.actions.assigning import answer_assignment, assign, recall_assignment, remind
from gongkai.casework.actions.charging import charge, record_payment, refund, waive
from gongkai.casework.actions.closing import answered, close, correct_line, file
from gongkai.casework.actions.configuring import set_practice
from gongkai.casework.actions.consulting import (
    Asked,
    ask_after_all,
    consult,
    judge_opinion,
    leave_unasked,
    record_delivery,
    record_opinion,
)
from gongkai.casework.actions.correcting import (
    ask_correction,
    ask_reasons,
    record_correction,
    record_reasons,
)
from gongkai.casework.actions.deciding import check, sign, void
from gongkai.casework.actions.drafting import draft, hand_in, recall
from gongkai.casework.actions.enclosing import add_enclosure
from gongkai.casework.actions.exporting import export_archive, export_evidence
from gongkai.casework.actions.extending import ask_extension, delay, extend, refuse_extension
from gongkai.casework.actions.finding import export_list, find_named
from gongkai.casework.actions.issuing import issue, preview, void_letter
from gongkai.casework.actions.opening import open_enclosure, open_person
from gongkai.casework.actions.proposing import decline_publication, propose_publication
from gongkai.casework.actions.providing import (
    blacken_copy,
    clean_copy,
    judge_file,
    provide,
    take_off,
)
from gongkai.casework.actions.reading import open_letter
from gongkai.casework.actions.receiving import (
    Confirmed,
    ask_confirmation,
    confirm,
    receive,
    receive_lapsed,
)
from gongkai.casework.actions.registering import Receipt
from gongkai.casework.actions.reopening import correct_round, reopen
from gongkai.casework.actions.repeating import earlier_ones, name_earlier
from gongkai.casework.actions.returning import correct_by_applicant, withdraw_by_applicant
from gongkai.casework.actions.searching import Search, confer, record_search
from gongkai.casework.actions.serving import Sending, dispatch, opened_by_applicant, record_service
from gongkai.casework.actions.stamping import put_seal
from gongkai.casework.actions.striking import strike_fact
from gongkai.casework.actions.striking_appeals import strike_appeal
from gongkai.casework.actions.subscribing import subscribe, subscriber, unsubscribe
from gongkai.casework.actions.taking_up import hand_over, take_up
from gongkai.casework.actions.withdrawing import abandon, withdraw

__all__ = [
    "Asked",
    "Confirmed",
    "Opening",
    "Receipt",
    "Search",
    "Sending",
    "Stated",
    "abandon",
    "add_enclosure",
    "amend_appeal",
    "amend_contact",
    "answer_appeal",
    "answer_assignment",
    "answered",
    "apply",
    "ask_after_all",
    "ask_confirmation",
    "ask_correction",
    "ask_extension",
    "ask_reasons",
    "assign",
    "blacken_copy",
    "carry_out",
    "charge",
    "check",
    "clean_copy",
    "close",
    "conclude",
    "confer",
    "confirm",
    "consult",
    "correct_applicant",
    "correct_by_applicant",
    "correct_line",
    "correct_receipt",
    "correct_round",
    "decline_publication",
    "delay",
    "dispatch",
    "draft",
    "earlier_ones",
    "export_archive",
    "export_evidence",
    "export_list",
    "extend",
    "file",
    "find_named",
    "hand_in",
    "hand_over",
    "issue",
    "judge_file",
    "judge_opinion",
    "leave_unasked",
    "name_earlier",
    "open_appeal",
    "open_appeal_elsewhere",
    "open_enclosure",
    "open_letter",
    "open_person",
    "open_retrial",
    "open_second_instance",
    "opened_by_applicant",
    "preview",
    "propose_publication",
    "provide",
    "put_seal",
    "recall",
    "recall_assignment",
    "receive",
    "receive_lapsed",
    "record_correction",
    "record_delivery",
    "record_opinion",
    "record_payment",
    "record_reasons",
    "record_search",
    "record_service",
    "refund",
    "refuse_extension",
    "remind",
    "reopen",
    "set_copy",
    "set_practice",
    "sign",
    "strike_appeal",
    "strike_fact",
    "subscribe",
    "subscriber",
    "take_off",
    "take_up",
    "tracked",
    "unsubscribe",
    "void",
    "void_letter",
    "waive",
    "withdraw",
    "withdraw_by_applicant",
]
