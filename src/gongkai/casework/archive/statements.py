"""What the list of evidence says, in Chinese for the court and in either language for the office.

Statement("served", number="青财公开〔2026〕3号").words("en")   # Service of 青财公开〔2026〕3号
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai.casework.letter.wording import cited_together
from gongkai.law.citing import cited

WORDS: Mapping[str, tuple[str, str]] = {
    # What is there
    "answer": ("答复：{number}", "The answer: {number}"),
    "receipt": ("收到申请的时间及其依据", "When the application was received, and by what rule"),
    "confirmation": (
        "双方确认收到申请的时间和方式",
        "When and how both sides confirmed that the application was received",
    ),
    "days": ("办理中各事项的时间", "The days on which things were done"),
    "clock": ("答复期限的计算", "How the time to answer was counted"),
    "served": ("{number}的送达", "Service of {number}"),
    "proof_of_service": ("{number}的送达凭证", "Proof of the service of {number}"),
    "notice": ("{told}：{number}（{law}）", "{told}: {number} ({law})"),
    "told": ("已告知申请人", "The applicant was told"),
    "made_only": ("已制发，没有送达记录", "Issued, no service on record"),
    "returned": ("已送出，被退回", "Sent, and came back"),
    "reasons": ("认定的理由和审批过程", "The reasons found, and how they were approved"),
    "opinions": (
        "被征求意见人的意见和理由",
        "What those who were consulted said, and their reasons",
    ),
    "reply": ("征求意见的回复", "The reply to a consultation"),
    "published": ("公开的时间和位置", "When and where it was made public"),
    "provided": ("所提供的信息：{title}", "The information provided: {title}"),
    "provided_pages": (
        "所提供的信息：{title}，{pages}页",
        "The information provided: {title}, {pages} pages",
    ),
    "public_interest": (
        "公共利益的理由和不公开的重大影响",
        "The public interest, and how gravely withholding would harm it",
    ),
    "party_told": ("书面告知第三方：{number}", "Written notice to the third party: {number}"),
    "party_asked": ("征求第三方意见：{number}", "The third party was consulted: {number}"),
    "conference": ("会商认定的不利影响", "The harm that the conference found"),
    "formed": ("所涉信息的形成时间和性质", "When the information was made, and what it is"),
    "in_case_file": ("所涉信息在执法案卷中", "That the information is in an enforcement file"),
    "searches": (
        "检索的部门、系统、用词、时间、人员和结果",
        "Where was searched, with what words, when, by whom, and what was found",
    ),
    "asked_now": (
        "本次申请的内容（前次申请：{number}）",
        "What this application asks for (the earlier one: {number})",
    ),
    "earlier": (
        "前次申请、答复及其是否予以公开",
        "The earlier application, its answer, and whether it disclosed",
    ),
    # What is missing
    "unanswered": ("没有答复", "There is no answer"),
    "unsent": (
        "答复{number}已签发，还没有送出",
        "The answer {number} is signed and has not gone out yet",
    ),
    "no_letter": ("本系统没有答复书", "This system holds no letter of answer"),
    "unserved": ("{number}没有送达记录", "No service of {number} is on record"),
    "never_seen": (
        "{number}已送出，没有签收或者查看的记录",
        "{number} went out; no record that it was signed for or opened",
    ),
    "unproved": ("{number}没有送达凭证", "There is no proof of the service of {number}"),
    "no_notice": ("没有告知书", "There is no notice"),
    "no_review": ("没有公开审查记录", "No review for disclosure is on record"),
    "no_material": (
        "案卷中没有办理材料，须另附：{needed}",
        "The file holds no working papers; to be added: {needed}",
    ),
    "copies": (
        "公开的网页或者出版物的截图、发布记录",
        "a picture of the page or publication, or the record of its release",
    ),
    "formation": (
        "所涉信息形成时间、所属事项和最终决定时间的材料",
        "papers that show when it was made, for which matter, and when that was decided",
    ),
    "file_number": ("案卷号和材料类别", "the number of that file and the class of the paper"),
    "no_way": (
        "答复中没有写明获取信息的方式、途径",
        "The answer does not say how to obtain the information",
    ),
    "nothing_provided": ("没有所提供信息的文件", "There is no file of the information provided"),
    "interest_unstated": ("没有写明公共利益的理由", "The public interest is not stated"),
    "party_untold": ("没有给第三方的书面告知", "There is no written notice to the third party"),
    "party_unasked": ("没有征求意见书", "There is no letter of consultation"),
    "no_objection": (
        "没有第三方不同意公开的意见",
        "No third party is on record as objecting to disclosure",
    ),
    "unjudged": (
        "没有审查第三方的理由是否合理",
        "Whether the reasons of the third party are good was not examined",
    ),
    "kept_apart": (
        "密级标识、保密期限或者其他证明材料：另行向法院提供，不存入本系统",
        "The mark and term of secrecy, or other proof: given to the court apart, not kept here",
    ),
    "law_unnamed": (
        "没有写明禁止公开的法律、行政法规",
        "The law or administrative regulation that forbids disclosure is not named",
    ),
    "harm_unstated": (
        "没有会商记录，也没有写明可能的不利影响",
        "No conference is on record, and the possible harm is not stated",
    ),
    "affair_unstated": (
        "没有写明属于哪一类内部事务信息",
        "Which class of internal affairs it belongs to is not stated",
    ),
    "unsearched": ("没有检索记录", "No search is on record"),
    "archive_silent": (
        "检索记录中没有档案机构的回复",
        "The record of the search has no reply of the archives",
    ),
    "earlier_unnamed": ("没有指明前次申请", "The earlier application is not named"),
    "earlier_unanswered": (
        "前次申请{number}没有答复",
        "The earlier application {number} was not answered",
    ),
    "empty": ("{what}（案卷中没有内容）", "{what} (the file has nothing of it)"),
}
"""By code, the sentence in Chinese and English; what a case gives stands in braces."""


class Statement:
    """One sentence of the list: what an exhibit shows, or what is missing.

    `given` fills the sentence: words of the case, another statement, or short references to
    articles (a tuple). Raises KeyError for a code without a sentence.
    """

    __slots__ = ("_given", "code")

    def __init__(self, code: str, **given: Given) -> None:
        if code not in WORDS:
            raise KeyError(code)
        self.code = code
        self._given = given

    def words(self, language: str = "zh") -> str:
        """The sentence in "zh" or "en"."""
        sentence = WORDS[self.code][0 if language.startswith("zh") else 1]
        told = {name: _told(value, language) for name, value in self._given.items()}
        return sentence.format(**told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statement) and self.words() == other.words()

    def __hash__(self) -> int:
        return hash(self.words())

    def __repr__(self) -> str:
        return f"Statement({self.words('en')!r})"


Given = str | int | tuple[str, ...] | Statement


def _told(value: Given, language: str) -> str:
    if isinstance(value, Statement):
        return value.words(language)
    return _law(value, language) if isinstance(value, tuple) else str(value)


def _law(articles: Iterable[str], language: str) -> str:
    if language.startswith("zh"):
        return cited_together(articles)
    return "; ".join(cited(article, "en") for article in articles)
