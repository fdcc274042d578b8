"""What has to be proved for what was decided, what of it is in the file, and what is missing.

The agency bears the burden of proof for each way of deciding (法释〔2025〕8号第五条、第六条). Which
proof a decision needs comes from the law's data (`law.outcomes`, `law.grounds`); here stands where
a case keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from gongkai.casework.application.models import Case, Enclosure, EnclosureKind, FactKind
from gongkai.casework.archive.contents import Key
from gongkai.casework.decision.models import Consultation, Decision, DecisionState, Opinion
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.casework.letter.wording import cited_together
from gongkai.law.grounds import ground
from gongkai.law.letters import letter as letter_kind
from gongkai.law.outcomes import outcome
from gongkai.law.proofs import Proof, proof

NOTICES = ("correction_notice", "reasons_notice", "extension_notice", "delayed", "fee_notice")
DELAYED = "A19"
CONSULTING = ("third_party_consultation", "agency_consultation")
ASKED = frozenset({FactKind.CORRECTION_REQUESTED, FactKind.REASONS_REQUESTED, FactKind.EXTENDED,
                   FactKind.DELAYED, FactKind.FEE_NOTIFIED})  # fmt: skip
"""What the applicant must have been told by a notice that was served."""


class Exhibit(NamedTuple):
    """A thing of the file that shows something; `key` is that of `contents`."""

    key: Key
    shows: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to be proved, with what shows it and, in words, what is missing."""

    proof: Proof
    exhibits: tuple[Exhibit, ...]
    missing: tuple[str, ...]


Found = Iterator[Exhibit | str]
"""Exhibits, and words for what is missing."""


def evidence(case: Case) -> list[Shown]:
    """What has to be proved about the case, as it went: when it was received and answered, the
    notices on the way, then what its decision rests on."""
    dossier = _Dossier(case)
    return [_shown(dossier, code) for code in needed(case)]


def needed(case: Case) -> list[str]:
    """The proofs (`law.proofs`) that the case needs; each once."""
    decision = decided(case)
    codes = ["in_time"]
    if case.facts.filter(kind__in=ASKED, struck_at=None).exists():
        codes.append("notice_served")
    if decision is not None:
        for result, basis in _results(decision):
            codes += _of_result(result, basis, decision.decided_on or timezone.localdate())
        if decision.override_reason:
            codes.append("public_interest")
    elif case.outcome:
        codes += _of_result(case.outcome, "", case.answered_on or timezone.localdate())
    return list(dict.fromkeys(codes))


def decided(case: Case) -> Decision | None:
    """The decision in force, else the last one that was signed and then taken back."""
    signed = case.decisions.exclude(signed_at=None)
    return signed.filter(state=DecisionState.SIGNED).first() or signed.order_by("number").last()


def _results(decision: Decision) -> list[tuple[str, str]]:
    items = list(decision.items.order_by("position").values_list("outcome", "ground"))
    return [*items, (decision.outcome, decision.ground)]


def _articles(row: Letter) -> tuple[str, ...]:
    """Under which the notice was given; that of a delay has those of its outcome."""
    own = letter_kind(row.kind, on=row.dated).articles
    return own or outcome(DELAYED, on=row.dated).articles


def _of_result(result: str, basis: str, on: date) -> list[str]:
    proofs = list(outcome(result, on=on).proof)
    return [*proofs, *ground(basis, on=on).proof] if basis else proofs


def _shown(dossier: _Dossier, code: str) -> Shown:
    found = list(SOURCES[code](dossier))
    exhibits = dict.fromkeys(one for one in found if isinstance(one, Exhibit))
    missing = dict.fromkeys(one for one in found if isinstance(one, str))
    known = proof(code)
    if code == "notice_served" and (articles := dossier.articles_of_notices()):
        known = replace(known, articles=articles)
    return Shown(known, tuple(exhibits), tuple(missing))


class _Dossier:
    """The rows of a case that may show something."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.decision = decided(case)
        self.letters = list(case.letters.exclude(state=LetterState.VOID).order_by("id"))
        self.consultations = list(case.consultations.order_by("id"))

    def public(self) -> Found:
        yield from self.answer()
        if self.decision is None or not self.decision.way:
            yield "答复中没有写明获取信息的方式、途径"
        yield from self.materials("公开的时间和位置", "公开的网页或者出版物的截图、发布记录")

    def provided(self) -> Found:
        yield from self.answer()
        rows = list(self.decision.provided.order_by("position")) if self.decision else []
        for row in rows:
            pages = f"，{row.pages}页" if row.pages else ""
            yield Exhibit(("provided", str(row.pk)), f"所提供的信息：{row.title}{pages}")
        if not rows and not (self.decision and self.decision.way):
            yield "没有所提供信息的文件"
        yield from self.served()

    def public_interest(self) -> Found:
        yield from self.opinions()
        if self.decision is None or not self.decision.override_reason:
            yield "没有写明公共利益的理由"
        else:
            yield Exhibit(("page", "decisions"), "公共利益的理由和不公开的重大影响")
        yield from self.of_kind(("third_party_notice",), "书面告知第三方", "没有给第三方的书面告知")

    def third_party(self) -> Found:
        yield from self.of_kind(CONSULTING, "征求第三方意见", "没有征求意见书")
        yield from self.opinions()
        if not any(self._objects(row) for row in self.consultations):
            yield "没有第三方不同意公开的意见"
        if any(self._objects(row) and row.reasonable is None for row in self.consultations):
            yield "没有审查第三方的理由是否合理"
        yield from self.review()

    def classified(self) -> Found:
        yield from self.review()
        yield "密级标识、保密期限或者其他证明材料：另行向法院提供，不存入本系统"

    def prohibited(self) -> Found:
        if self.decision is None or not self.decision.law_named:
            yield "没有写明禁止公开的法律、行政法规"
        yield from self.review()

    def adverse(self) -> Found:
        if self.case.conferences.exists():
            yield Exhibit(("page", "conferences"), "会商认定的不利影响")
        elif self.decision is None or not self.decision.reasons:
            yield "没有会商记录，也没有写明可能的不利影响"
        yield from self.review()

    def internal(self) -> Found:
        yield from self.review()
        if self.decision is None or not self.decision.reasons:
            yield "没有写明属于哪一类内部事务信息"

    def deliberative(self) -> Found:
        yield from self.review()
        yield from self.materials(
            "所涉信息的形成时间和性质", "所涉信息形成时间、所属事项和最终决定时间的材料"
        )

    def case_file(self) -> Found:
        yield from self.review()
        yield from self.materials("所涉信息在执法案卷中", "案卷号和材料类别")

    def searched(self) -> Found:
        rows = list(self.case.searches.all())
        if not rows:
            yield "没有检索记录"
            return
        yield Exhibit(("page", "searches"), "检索的部门、系统、用词、时间、人员和结果")
        if not any(row.archive_reply for row in rows):
            yield "检索记录中没有档案机构的回复"

    def repeated(self) -> Found:
        earlier = self.case.repeats
        if earlier is None:
            yield "没有指明前次申请"
            return
        yield Exhibit(("page", "application"), f"本次申请的内容（前次申请：{earlier.number}）")
        yield Exhibit(("earlier", str(earlier.pk)), "前次申请、答复及其是否予以公开")
        if not earlier.answered_on:
            yield f"前次申请{earlier.number}没有答复"

    def notices(self) -> Found:
        rows = self._notices()
        for row in rows:
            law = cited_together(_articles(row))
            shows = f"{self._told(row)}：{row.number}（{law}）"
            yield Exhibit(("letter_pdf", str(row.pk)), shows)
        if not rows:
            yield "没有告知书"
        for row in rows:
            yield from self._service(row)

    def articles_of_notices(self) -> tuple[str, ...]:
        """The articles under which the notices were given, each once."""
        given = [article for row in self._notices() for article in _articles(row)]
        return tuple(dict.fromkeys(given))

    def in_time(self) -> Found:
        yield Exhibit(("page", "application"), "收到申请的时间及其依据")
        for record in self._enclosed(EnclosureKind.CONFIRMATION):
            yield Exhibit(("enclosure", str(record.pk)), "双方确认收到申请的时间和方式")
        yield Exhibit(("page", "facts"), "办理中各事项的时间")
        yield Exhibit(("page", "clock"), "答复期限的计算")
        if self.case.answered_on is None and not self._withdrawn():
            row = self._answer()
            yield f"答复{row.number}已签发，还没有送出" if row else "没有答复"
            return
        yield from self.answer()
        yield from self.served()

    def answer(self) -> Found:
        row = self._answer()
        if row is not None:
            yield Exhibit(("letter_pdf", str(row.pk)), f"答复：{row.number}")
        elif not self._withdrawn():
            yield "本系统没有答复书"

    def served(self) -> Found:
        row = self._answer()
        if row is not None:
            yield from self._service(row)

    def opinions(self) -> Found:
        if self.consultations:
            yield Exhibit(("page", "consultations"), "被征求意见人的意见和理由")
        for row in self._enclosed(EnclosureKind.OPINION):
            yield Exhibit(("enclosure", str(row.pk)), "征求意见的回复")

    def review(self) -> Found:
        """The reasons as they were approved, step by step (条例第十七条)."""
        if self.decision is None:
            yield "没有公开审查记录"
        else:
            yield Exhibit(("page", "decisions"), "认定的理由和审批过程")

    def materials(self, shows: str, missing: str) -> Found:
        rows = self._enclosed(EnclosureKind.MATERIAL)
        for row in rows:
            yield Exhibit(("enclosure", str(row.pk)), shows)
        if not rows:
            yield f"案卷中没有办理材料，须另附：{missing}"

    def of_kind(self, kinds: tuple[str, ...], shows: str, missing: str) -> Found:
        rows = [row for row in self.letters if row.kind in kinds]
        for row in rows:
            yield Exhibit(("letter_pdf", str(row.pk)), f"{shows}：{row.number}")
        if not rows:
            yield missing

    def _enclosed(self, kind: EnclosureKind) -> list[Enclosure]:
        return list(self.case.enclosures.filter(kind=kind).order_by("id"))

    def _notices(self) -> list[Letter]:
        return [row for row in self.letters if row.kind in NOTICES and not row.decision_id]

    @staticmethod
    def _told(row: Letter) -> str:
        """Nothing is told to a court that no record of service bears out."""
        services = list(row.services.all())
        if not services:
            return "已制发，没有送达记录"
        if all(one.returned_on for one in services):
            return "已送出，被退回"
        return "已告知申请人"

    def _service(self, row: Letter) -> Found:
        services = list(row.services.order_by("id"))
        for one in services:
            yield Exhibit(("page", "services"), f"{row.number}的送达")
            if one.proof_id:
                yield Exhibit(("enclosure", str(one.proof_id)), f"{row.number}的送达凭证")
        if not services:
            yield f"{row.number}没有送达记录"
        elif not any(one.signed_for_on or one.opened_at or one.proof_id for one in services):
            yield f"{row.number}已送出，没有签收或者查看的记录"
        elif not any(one.proof_id or one.sent_at for one in services):
            yield f"{row.number}没有送达凭证"

    def _answer(self) -> Letter | None:
        if self.decision is None:
            return None
        own = [row for row in self.letters if row.decision_id == self.decision.pk]
        return next((row for row in own if row.consultation_id is None), None)

    def _withdrawn(self) -> bool:
        return self.case.outcome == "A17"

    @staticmethod
    def _objects(row: Consultation) -> bool:
        return row.opinion in {Opinion.OBJECTION, Opinion.PARTIAL}


SOURCES: dict[str, Callable[[_Dossier], Found]] = {
    "published_and_told": _Dossier.public,
    "provided_as_asked": _Dossier.provided,
    "public_interest": _Dossier.public_interest,
    "third_party_harm": _Dossier.third_party,
    "classification": _Dossier.classified,
    "prohibition_named": _Dossier.prohibited,
    "adverse_effect": _Dossier.adverse,
    "internal_affair": _Dossier.internal,
    "before_the_decision": _Dossier.deliberative,
    "in_case_file": _Dossier.case_file,
    "reasonable_search": _Dossier.searched,
    "same_request_answered": _Dossier.repeated,
    "notice_served": _Dossier.notices,
    "in_time": _Dossier.in_time,
}
"""Where a case keeps what shows each proof; a test holds that none of the law's is left out."""
