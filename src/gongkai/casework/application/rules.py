"""What the stage of a case allows, and to whom. Plain values.

    submitted ─▶ registered ─▶ examining ⇄ drafting ─▶ checking ─▶ signing ─▶ signed
                                              ▲            │           │         │
                                              └── sent back ┴───────────┘         ▼
                      filed ◀─ closed ◀─ served ◀──────────────────────────── dispatched

An applicant may withdraw until the decision is signed. A closed or filed case is taken up again
only when it has to be decided anew.
"""

from __future__ import annotations

from typing import Literal

Verb = Literal[
    "ask_confirmation",
    "confirm",
    "correct_receipt",
    "correct_applicant",
    "enclose",
    "take_up",
    "hand_over",
    "name_earlier",
    "assign",
    "answer_assignment",
    "ask_correction",
    "record_correction",
    "ask_reasons",
    "record_reasons",
    "consult",
    "record_opinion",
    "ask_extension",
    "extend",
    "delay",
    "charge",
    "record_payment",
    "refund",
    "strike_fact",
    "record_search",
    "confer",
    "draft",
    "hand_in",
    "recall",
    "check",
    "sign",
    "void",
    "dispatch",
    "record_service",
    "close",
    "file",
    "reopen",
    "withdraw",
    "abandon",
    "correct_line",
    "appeal",
    "propose_publication",
]

_TAKEN: tuple[Verb, ...] = ("hand_over",)
"""Somebody works on it."""
_ALWAYS: tuple[Verb, ...] = ("enclose", "appeal")
_WORK: tuple[Verb, ...] = (
    "correct_receipt",
    "correct_applicant",
    "name_earlier",
    "assign",
    "answer_assignment",
    "ask_correction",
    "record_correction",
    "ask_reasons",
    "record_reasons",
    "consult",
    "record_opinion",
    "ask_extension",
    "extend",
    "delay",
    "charge",
    "record_payment",
    "refund",
    "strike_fact",
    "record_search",
    "confer",
    "draft",
    "withdraw",
    "abandon",
)
_SETTLED: tuple[Verb, ...] = (
    "strike_fact",
    "correct_line",
    "correct_receipt",
    "correct_applicant",
    "refund",
    "reopen",
    "propose_publication",
)

VERBS_BY_STAGE: dict[str, tuple[Verb, ...]] = {
    "submitted": (
        "ask_confirmation",
        "confirm",
        "correct_applicant",
        "withdraw",
        *_ALWAYS,
    ),
    "registered": ("take_up", *_WORK, *_ALWAYS),
    "examining": (*_WORK, *_TAKEN, *_ALWAYS),
    "drafting": ("hand_in", *_WORK, *_TAKEN, *_ALWAYS),
    "checking": (
        "check",
        "recall",
        "record_opinion",
        "record_search",
        "correct_receipt",
        "withdraw",
        *_TAKEN,
        *_ALWAYS,
    ),
    "signing": ("sign", "check", "recall", "correct_receipt", "withdraw", *_TAKEN, *_ALWAYS),
    "signed": ("dispatch", "void", "correct_receipt", *_TAKEN, *_ALWAYS),
    "dispatched": ("dispatch", "record_service", "close", "correct_receipt", *_TAKEN, *_ALWAYS),
    "served": ("record_service", "close", "correct_receipt", *_TAKEN, *_ALWAYS),
    "closed": ("record_service", "file", *_SETTLED, *_ALWAYS),
    "filed": (*_SETTLED, *_ALWAYS),
}
"""`check` approves or sends back; at "signing" it only sends back."""

OPEN_STAGES = tuple(stage for stage in VERBS_BY_STAGE if stage not in {"closed", "filed"})
UNSIGNED_STAGES = ("submitted", "registered", "examining", "drafting", "checking", "signing")
"""The words of the answer are not settled, nor the form and way in which it comes."""


def allows(verb: Verb, stage: str) -> bool:
    """Whether the stage allows the verb."""
    return verb in VERBS_BY_STAGE[stage]


def stages_of(verb: Verb) -> tuple[str, ...]:
    """The stages in which the verb may be done."""
    return tuple(stage for stage, verbs in VERBS_BY_STAGE.items() if verb in verbs)
