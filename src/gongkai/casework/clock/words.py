"""The clock's sentences, Chinese and English, with the articles they rest on."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.casework.clock.due import Due, Problem
from gongkai.casework.clock.facts import Kind
from gongkai.law.citing import cited

FEE = "国办函〔2020〕109号"
ANEW = ("行政复议法64", "行政诉讼法70")


class Words(NamedTuple):
    """A sentence in two languages; `articles` in the short form of `gongkai.law.citing`."""

    zh: str
    en: str
    articles: tuple[str, ...] = ()

    def filled(self, **values: object) -> Words:
        return Words(self.zh.format(**values), self.en.format(**values), self.articles)

    def article(self, language: str = "zh") -> str:
        joint = "、" if language == "zh" else "; "
        return joint.join(cited(article, language) for article in self.articles)


STEPS = {
    "received": Words(
        "收到申请，自次日起{days}个工作日内答复",
        "received; the answer is due within {days} working days from the next day",
        ("33",),
    ),
    "received_old": Words(
        "收到申请，自次日起{days}个工作日内答复",
        "received; the answer is due within {days} working days from the next day",
        ("政府信息公开条例（国务院令第492号）24",),
    ),
    "ordered_anew": Words(
        "收到责令重新作出的复议决定、裁判，自次日起{days}个工作日内重新答复",
        "an order to decide anew was received; the new answer is due within {days} working days "
        "from the next day",
        ANEW,
    ),
    "ordered_anew_until": Words(
        "收到责令重新作出的复议决定、裁判，重新答复不晚于{until}",
        "an order to decide anew was received; it sets the new answer for {until} at the latest",
        ANEW,
    ),
    "taken_up_anew": Words(
        "本机关重新办理，自次日起{days}个工作日内重新答复",
        "the agency took the application up again; the new answer is due within {days} working "
        "days from the next day",
        ("33",),
    ),
    "correction_requested": Words(
        "告知申请人补正，补正期限至{until}，等待补正期间不计算",
        "the applicant was asked to correct the application by {until}; the count waits",
        ("30",),
    ),
    "corrected": Words(
        "收到补正后的申请，自次日起重新计算{days}个工作日",
        "the corrected application was received; {days} working days run anew from the next day",
        ("30",),
    ),
    "reasons_requested": Words(
        "要求申请人说明理由，期限继续计算",
        "the applicant was asked for reasons; the count goes on",
        ("35",),
    ),
    "reasons_given": Words(
        "申请人说明了理由，期限继续计算", "reasons were given; the count goes on", ("35",)
    ),
    "extended": Words(
        "经公开工作机构负责人同意并告知申请人，延长{days}个工作日",
        "extended by {days} working days, agreed by the head of the office and told to the "
        "applicant",
        ("33",),
    ),
    "delayed": Words(
        "申请数量、频次明显超过合理范围，延迟至{until}答复",
        "number or frequency clearly beyond reason; the answer is delayed to {until}",
        ("35",),
    ),
    "fee_notified": Words(
        "通知缴纳信息处理费，等待缴费期间不计算",
        "notice of a processing fee was given; the count waits for payment",
        (FEE,),
    ),
    "paid": Words(
        "申请人完成缴费，自次日起重新计算{days}个工作日",
        "the fee was paid; {days} working days run anew from the next day",
        (FEE,),
    ),
    "paid_rest": Words(
        "申请人完成缴费，自次日起继续计算",
        "the fee was paid; the count goes on from the next day",
        (FEE,),
    ),
    "third_party_answered": Words(
        "征求第三方意见，收到意见，所需时间不计算",
        "a third party was consulted and answered; the time is not counted",
        ("32", "33"),
    ),
    "third_party_silent": Words(
        "征求第三方意见，第三方逾期未提出，由行政机关决定是否公开；征求意见的时间不计算",
        "a third party was consulted and did not answer in time; the agency decides. "
        "The time is not counted",
        ("32", "33"),
    ),
    "third_party_pending": Words(
        "正在征求第三方意见，至{until}；这段时间不计算",
        "a third party is being consulted until {until}; the time is not counted",
        ("32", "33"),
    ),
    "agency_answered": Words(
        "征求其他机关意见，收到意见，所需时间不计算",
        "another agency was consulted and answered; the time is not counted",
        ("33", "34"),
    ),
    "agency_silent": Words(
        "征求其他机关意见，该机关逾期未提出，视为同意公开；征求意见的时间不计算",
        "another agency was consulted and did not answer in time, which counts as consent. "
        "The time is not counted",
        ("33", "34"),
    ),
    "agency_pending": Words(
        "正在征求其他机关意见，至{until}；这段时间不计算",
        "another agency is being consulted until {until}; the time is not counted",
        ("33", "34"),
    ),
    "withdrawn": Words("申请人撤回申请", "the application was withdrawn"),
    "answered": Words("作出答复", "the answer was given", ("33",)),
    "answered_late": Words(
        "作出答复，已超过答复期限", "the answer was given, after the day due", ("33",)
    ),
    "counted": Words(
        "合计：自{start}次日起，扣除不计算的日子，第{days}个工作日",
        "in all: working day {days} after {start}, without the days not counted",
        ("33",),
    ),
    "counted_after_correction": Words(
        "如果{start}收到补正，自次日起重新计算{days}个工作日",
        "if the correction comes on {start}, {days} working days run anew from the next day",
        ("30",),
    ),
    "counted_after_fee": Words(
        "如果{start}缴费，自次日起重新计算{days}个工作日",
        "if payment comes on {start}, {days} working days run anew from the next day",
        (FEE,),
    ),
}

PAUSED = {
    "correction": Words(
        "等待补正，期限没有计算。收到补正后，自次日起重新计算{days}个工作日；"
        "今天收到的话，答复期限是",
        "Waiting for the correction; no days are counted. When it comes, {days} working days run "
        "anew from the next day. If it came today, the answer would be due on",
        ("30",),
    ),
    "fee": Words(
        "等待缴费，期限没有计算。缴费后，自次日起重新计算{days}个工作日；今天缴费的话，答复期限是",
        "Waiting for payment; no days are counted. After it {days} working days run anew from the "
        "next day. If it came today, the answer would be due on",
        (FEE,),
    ),
    "rest": Words(
        "正在等待，期限没有计算，等到后继续计算；今天等到的话，答复期限是",
        "Waiting; no days are counted, and the count goes on afterwards. If what is awaited came "
        "today, the answer would be due on",
    ),
}
"""What is said before the day that would hold while the clock stands still."""

PROBLEMS = {
    "before_receipt": Words("发生在收到申请之前，不计入", "lies before receipt; without effect"),
    "after_answered": Words(
        "发生在答复之后，不影响期限", "came after the answer; without effect on the time"
    ),
    "after_withdrawn": Words(
        "申请已经撤回，此后的事项不影响期限",
        "the application had been withdrawn; without effect on the time",
    ),
    "not_answered": Words(
        "尚未作出答复，没有可以重新作出的，不影响期限",
        "no answer had been given before that day, so none could be undone; without effect",
        ANEW,
    ),
    "extension_of_order": Words(
        "复议决定、裁判定了重新作出的期限，行政机关不能自行延长，不影响期限",
        "the order itself sets the day, which the agency cannot put off; without effect",
        ANEW,
    ),
    "not_requested": Words(
        "没有对应的告知、通知或者征求意见，不影响期限",
        "nothing was asked for that it answers; without effect",
    ),
    "repeated": Words("重复的事项，以第一次为准", "recorded before; the first holds"),
    "correction_pending": Words(
        "已经告知补正，尚未收到补正；补正内容应当一次性告知",
        "a correction is awaited already; what to correct is to be told all at once",
        ("30",),
    ),
    "correction_late": Words(
        "告知补正晚于收到申请之日起七个工作日",
        "the request to correct came later than seven working days after receipt",
        ("30",),
    ),
    "second_correction": Words(
        "再次告知补正；补正内容应当一次性告知",
        "a correction was asked for again; what to correct is to be told all at once",
        ("30",),
    ),
    "correction_after_deadline": Words(
        "答复期限届满后才告知补正，不影响期限",
        "the request to correct came after the day due; without effect",
        ("30", "33"),
    ),
    "corrected_late": Words(
        "申请人补正晚于补正期限；已经收到的，期限自收到之日重新计算",
        "the correction came after its term; as it was taken, the count runs anew from it",
        ("30",),
    ),
    "fee_pending": Words("已经通知缴费，尚未缴纳", "payment is awaited already", (FEE,)),
    "fee_after_deadline": Words(
        "答复期限届满后才通知缴费，不影响期限",
        "the notice of a fee came after the day due; without effect",
        (FEE,),
    ),
    "paid_late": Words(
        "申请人缴费晚于规定期限；已经收取的，期限自缴费之日重新计算",
        "payment came after its term; as it was taken, the count runs from it",
        (FEE,),
    ),
    "second_extension": Words(
        "再次延长；只能延长一次，以第一次为准",
        "extended again; once only, the first holds",
        ("33",),
    ),
    "extension_after_deadline": Words(
        "答复期限届满后才延长，不影响期限",
        "extended after the day due; without effect",
        ("33",),
    ),
    "extension_too_long": Words(
        "延长超过法定上限，以上限计",
        "extended by more than the law allows; the limit holds",
        ("33",),
    ),
    "delay_after_deadline": Words(
        "答复期限届满后才确定延迟答复，不影响期限",
        "the delay was set after the day due; without effect",
        ("35",),
    ),
    "consultation_after_deadline": Words(
        "征求意见不早于答复期限届满之日，不影响期限",
        "the consultation began on the day due or later; without effect",
        ("33",),
    ),
    "delivery_unknown": Words(
        "没有征求意见书送达的记录，这次征求意见的时间照常计算",
        "no delivery of the request is on record; the time of the consultation counts",
        ("33",),
    ),
    "opinion_late": Words(
        "意见晚于规定期限，不计算的时间止于期限届满之日",
        "the opinion came after its term; the time not counted ends with the term",
        ("32", "34"),
    ),
}

KINDS: dict[Kind, Words] = {
    "received": Words("收到申请", "receipt"),
    "ordered_anew": Words("责令重新作出", "order to decide anew"),
    "taken_up_anew": Words("本机关重新办理", "taken up anew"),
    "correction_requested": Words("告知补正", "request to correct"),
    "corrected": Words("收到补正", "correction"),
    "reasons_requested": Words("要求说明理由", "request for reasons"),
    "reasons_given": Words("说明理由", "reasons"),
    "extended": Words("延长期限", "extension"),
    "delayed": Words("延迟答复", "delay"),
    "consultation_sent": Words("发出征求意见书", "consultation"),
    "consultation_delivered": Words("征求意见书送达", "delivery of the consultation"),
    "consultation_answered": Words("收到意见", "opinion"),
    "fee_notified": Words("通知缴费", "notice of a fee"),
    "paid": Words("缴费", "payment"),
    "withdrawn": Words("撤回申请", "withdrawal"),
    "answered": Words("答复", "answer"),
}
"""What a fact is called where something is wrong with it."""

SKIPPED = {
    "weekend": ("周末", "weekend"),
    "consultation": ("征求意见", "consultation"),
    "fee": ("等待缴费", "waiting for payment"),
}

_HOLIDAYS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "劳动": "Labour Day",
    "端午": "Dragon Boat Festival",
    "国庆": "National Day",
    "中秋": "Mid-autumn Festival",
}


def holiday_en(name: str) -> str:
    """A holiday's name in English; a local one keeps its own."""
    return next((english for chinese, english in _HOLIDAYS.items() if chinese in name), name)


def paused_words(due: Due) -> Words | None:
    """What stands before the day of `due.on` while something is awaited; None while days run."""
    if due.state != "paused":
        return None
    return PAUSED[due.restarts_after or "rest"].filled(days=due.length)


def problem_words(problem: Problem) -> Words:
    """What is wrong with a fact, and by which article."""
    return PROBLEMS[problem.code]
