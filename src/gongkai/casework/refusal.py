"""Why a verb on a case was not carried out, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from gongkai.org.refusal import Refusal

WORDS: Mapping[str, tuple[str, str]] = {
    "role": (
        "您在该机关没有办理此事的权限。请联系管理员。",
        "You hold no role at this agency that allows this. Ask an administrator.",
    ),
    "stage": (
        "申请现在的状态不能办理此事，可能已经有人办了。请回到申请的页面查看。",
        "The case is in a state that does not allow this. Look at its page; it may be done.",
    ),
    "not_in_charge": (
        "只有经办人和公开工作机构负责人可以移交。",
        "Only its officer and the head of the office hand a case over.",
    ),
    "not_an_officer": (
        "不是本机关在岗的经办人。请另选一人。",
        "They do not handle cases of this agency, or not any more. Choose somebody else.",
    ),
    "changed_meanwhile": (
        "其他人刚刚办理了这件申请，您的操作没有生效。请刷新页面后再试。",
        "Somebody else has just worked on this case; nothing was done. Reload and try again.",
    ),
    "future": (
        "日期在今天之后。请填写已经发生的日期。",
        "The date lies in the future. Give the day on which it happened.",
    ),
    "out_of_bounds": (
        "天数或者年限超出可以设置的范围。请改为范围以内的数。",
        "That many days or years cannot be set. Give a number within the bounds.",
    ),
    "before_receipt": (
        "日期早于收到申请之日。请核对。",
        "The date is before the day of receipt. Check it.",
    ),
    "before_submission": (
        "日期早于提交申请之日。请核对。",
        "The day is before that on which the application was submitted. Check it.",
    ),
    "out_of_calendar": (
        "日期不在工作日历的范围内。请核对。",
        "The date is outside the calendar of working days. Check it.",
    ),
    "reason_missing": ("请写明理由。", "Give the reason."),
    "too_long": ("文字太长。请缩短后再提交。", "The text is too long. Shorten it."),
    "missing": ("还有必填的内容没有填写。", "Required details are missing."),
    "not_confirmed": (
        "申请还没有经双方确认收到，答复期限尚未起算。请先确认。",
        "Receipt has not been confirmed by both sides yet; confirm it first.",
    ),
    "extension_late": (
        "答复期限已过，不能再延长。延长须在期限届满前决定并告知（条例第三十三条）。",
        "The time to answer is over; it can be extended only before (art. 33).",
    ),
    "extended_already": (
        "这件申请已经延长过一次，不能再次延长（条例第三十三条）。",
        "The time has been extended once already and cannot be again (art. 33).",
    ),
    "extension_too_long": (
        "延长不得超过二十个工作日（条例第三十三条）。",
        "An extension is at most twenty working days (art. 33).",
    ),
    "extension_not_asked": (
        "没有等着决定的延期申请。请刷新页面查看。",
        "No request for more time waits to be decided. Reload the page.",
    ),
    "notice_not_sent": (
        "告知书还没有送出，申请人不算逾期。请先在“文书”中送出，或者作废后重新告知。",
        "The notice has not gone out, so no time was let pass. Send it, or void it and tell anew.",
    ),
    "correction_late": (
        "告知补正应当在收到申请之日起七个工作日内（条例第三十条）。确需告知的，请写明原因。",
        (
            "A correction is asked for within seven working days of receipt (art. 30). "
            "Give the reason if it still has to be."
        ),
    ),
    "correction_pending": (
        "已经告知补正，正在等待申请人补正。补正告知应当一次性作出（条例第三十条）。",
        "A correction has been asked for and is awaited; it is asked for once (art. 30).",
    ),
    "correction_not_pending": (
        "现在没有等待中的补正。",
        "No correction is awaited.",
    ),
    "correction_not_lapsed": (
        "补正期限还没有届满，不能视为放弃申请。",
        "The time to correct is not over; the application is not abandoned yet.",
    ),
    "payment_not_lapsed": (
        "缴费期限还没有届满，不能视为放弃申请。",
        "The time to pay is not over; the application is not abandoned yet.",
    ),
    "consultation_open": (
        "征求意见还没有回复，期限也没有届满。请等待回复或期满（条例第三十二条、第三十四条）。",
        "A consultation is neither answered nor lapsed. Wait for it (arts. 32 and 34).",
    ),
    "consultation_not_sent": (
        "征求意见书还没有送出（或者已被退回），不能登记对方的意见。请先在“文书”中送出。",
        "The letter that asks has not gone out, or came back; there is no opinion yet. Send it.",
    ),
    "reply_missing": (
        "请附上回复的文件，或者写明对方的原话（条例第三十二条）。",
        "Add the reply as a file, or put down its words (art. 32).",
    ),
    "contact_missing": (
        "请写明通信地址、电话或者电子邮箱中的一项，否则征求意见书送不到对方。",
        "Give an address, a telephone or an e-mail address; else the letter reaches nobody.",
    ),
    "address_missing": (
        "没有登记对方的通信地址，不能邮寄。请用其他方式送达，或者作废这份文书，写明地址再征求。",
        (
            "No address is on record, so it cannot be posted. Serve it in another way, or declare "
            "it void and ask again with the address."
        ),
    ),
    "applicant_named": (
        "内容写明了申请人的姓名、证件号码或者联系方式，会送给第三方。请删去。",
        "The words name the applicant and would go to a third party. Take the name out.",
    ),
    "applicant_in_question": (
        "交办事项写明了申请人的姓名、证件号码或者联系方式，对方会看到。请删去。",
        "The question names the applicant, and who is asked would read it. Take the name out.",
    ),
    "consultation_unknown": ("没有这次征求意见。", "There is no such consultation."),
    "search_missing": (
        "答复信息不存在，须先登记检索记录（法释〔2025〕8号第五条）。",
        "Record the search before answering that the information does not exist.",
    ),
    "ground_missing": (
        "不予公开须注明依据的条款（条例第十四条至第十六条）。",
        "Name the ground of a refusal (arts. 14 to 16).",
    ),
    "reasons_missing": (
        "这种处理决定必须写明理由（条例第三十六条、第三十七条）。",
        "This outcome must give its reasons (arts. 36 and 37).",
    ),
    "review_missing": (
        "还有审核环节没有完成。",
        "A step of the review is not done yet.",
    ),
    "third_party_unsettled": (
        "还没有取得第三方意见，或者没有处理其异议（条例第三十二条）。",
        "The third party has not been heard, or its objection is not dealt with (art. 32).",
    ),
    "override_missing": (
        "第三方不同意而仍决定公开的，须写明公共利益的理由（条例第三十二条）。",
        "Give the reason of public interest for disclosing against a third party's objection.",
    ),
    "third_party_not_told": (
        "须先书面告知第三方公开的内容和理由（条例第三十二条）。",
        "Tell the third party in writing what is disclosed and why, first (art. 32).",
    ),
    "correction_round_missing": (
        "这种处理决定须先告知补正。",
        "This outcome needs a correction to have been asked for before.",
    ),
    "fee_round_missing": (
        "这种处理决定须先发出收费通知，且缴费期限已经届满。",
        "This outcome needs a fee notice whose time to pay is over.",
    ),
    "letter_of_decision": (
        "这份文书随处理决定签发，不能单独作废。需要改的，请收回已签发的决定，文书一并作废。",
        "The letter was issued with the decision. Take the decision back; its letters go with it.",
    ),
    "fee_arrival_missing": (
        (
            "收费通知何时到达申请人没有登记（国办函〔2020〕109号）。请登记签收，"
            "或者写明怎样知道申请人已经收到、何时收到。"
        ),
        (
            "When the fee notice arrived is not on record; the time to pay runs from the day "
            "after. Record its arrival, or put down how it is known, and when it came."
        ),
    ),
    "reasons_round_missing": (
        "认定超出合理范围，须先要求申请人说明理由（条例第三十五条）。",
        "Ask the applicant for the reasons first (art. 35).",
    ),
    "repeats_another": (
        "重复的应当是同一申请人此前向本机关提出的申请（条例第三十六条第六项）：{detail}",
        "Only an earlier application of the same applicant here is repeated (art. 36(6)): {detail}",
    ),
    "previous_answer_missing": (
        "重复申请须指明此前已答复的申请（条例第三十六条第六项）。",
        "Name the earlier application that was answered (art. 36(6)).",
    ),
    "letter_incomplete": (
        "文书缺少必备内容，不能签发。",
        "The letter lacks what it must contain and cannot be issued.",
    ),
    "no_letter": (
        "这样办不制发文书，没有可以预览的。",
        "Nothing is issued this way, so there is no letter to preview.",
    ),
    "notice_outdated": (
        "文书里写的期限已经过了，不能再送出。请作废，需要的话重新制发。",
        "The last day named in the letter is over. Declare it void, and issue another if needed.",
    ),
    "notice_late": (
        "原期限已过，告知书不能再送出，请作废，并尽快答复。延长、延迟须在原期限内告知申请人。",
        "The time to answer is over; more time has to be told before. Declare the letter void.",
    ),
    "delay_untold": (
        "上一份延迟答复的告知书还没有送出。请先送出或者作废。",
        "The notice of an earlier delay has not gone out. Send it or declare it void first.",
    ),
    "letter_mark_missing": (
        "还没有设置机关代字，不能编文号。请负责人在“办理口径”中设置。",
        "The agency has no mark for its letter numbers. The head sets it under “Practice”.",
    ),
    "organ_missing": (
        "还不知道由哪个机关行政复议，文书不能写明救济途径。请在机关资料中填写行政复议机关。",
        "Nobody knows who reconsiders this agency's acts; enter the organ with the agency.",
    ),
    "letter_sent": (
        "文书已经送出或者作废，不能再作废。送出的答复有错的，办结以后用“重新办理”自行纠正。",
        (
            "The letter has gone out or is void already; it cannot be taken back. What is wrong in "
            "an answer is put right by taking the closed case up again."
        ),
    ),
    "letter_void": ("文书已经作废，不能送达。", "The letter is void and cannot be served."),
    "letter_not_printed": (
        "文书没有印出来，不能送出。请打开文书查看；仍然打不开的，请联系管理员。",
        "The letter could not be printed and cannot go out. Open it; tell an administrator.",
    ),
    "before_letter": (
        "日期早于文书的成文日期。请核对。",
        "The date is before the day of the letter. Check it.",
    ),
    "service_day_missing": (
        "请填写送达的日期：邮寄的填交邮日期，直接送达、委托送达的填签收日期。",
        "Give the day: of posting, or on which it was signed for.",
    ),
    "arrival_day_missing": (
        "签收日期和退回日期填一个：收到的填签收日期，没有送到的填退回日期。",
        "Give one of the two days: that it was signed for, or that it came back.",
    ),
    "seal_refused": (
        "印章和签名章须为 PNG 图片，不超过 1 MB，宽度 10 至 60 毫米。",
        "Seals and signature stamps are PNG pictures of at most 1 MB, 10 to 60 mm wide.",
    ),
    "online_channel_missing": (
        "通过互联网送达的，须写明网上申请行政复议的渠道（行政复议法第二十二条）。请在“办理口径”中设置。",
        "A decision served online must name the online channel for reconsideration; set it first.",
    ),
    "own_draft": (
        "拟稿人不能审核或签发自己拟的处理决定。",
        "Whoever drafted a decision may not check or sign it.",
    ),
    "content_changed": (
        "您打开以后内容有了变化，这次没有通过也没有退回。请看新的内容再办。",
        "The content has changed since you opened it; nothing was decided. Read it again.",
    ),
    "decided_already": (
        "处理决定已经签发。",
        "The decision has been signed already.",
    ),
    "no_decision": ("还没有拟出处理决定。", "No decision has been drafted."),
    "withdrawn": (
        "申请人已经撤回申请，不能再办理。",
        "The applicant has withdrawn the application.",
    ),
    "signed_already": (
        "处理决定已经签发，不能再撤回申请。",
        "The decision has been signed; the application cannot be withdrawn any more.",
    ),
    "fact_not_open": (
        "这条记录已经更正过，或者还有其他记录以它为前提。请先更正后面的记录。",
        "This record was struck out already, or later ones rest on it. Strike those out first.",
    ),
    "outcome_unknown": ("没有这种处理结果。", "There is no such outcome."),
    "row_unknown": ("年报表中没有这一栏目。", "The yearly form has no such row."),
    "line_reversed": (
        "这一台账记录已经更正过。",
        "This line of the ledger has been reversed already.",
    ),
    "contact_closed": (
        "申请已经办结，联系方式不能再在网上更改。请致电受理机关。",
        "The case is closed; how you are reached cannot be changed here. Telephone the agency.",
    ),
    "manner_settled": (
        "答复已经签发，得到的形式和获取的方式不能再在网上更改。请致电受理机关。",
        "The answer is signed; how it comes cannot be changed here. Telephone the agency.",
    ),
    "same_value": ("没有改动。", "Nothing is different."),
    "file_refused": (
        "文件不能接收：格式不符、已损坏，或者太大。",
        "The file cannot be accepted: wrong kind, broken, or too large.",
    ),
    "file_leaks": (
        "涂黑以后仍能读到被遮盖的内容，没有生成文件。请改为整页处理或联系技术人员。",
        "What was blackened can still be read; no file was made. Redact the whole page.",
    ),
    "hidden_content": (
        "文件里还有没有处理的隐藏内容、个人信息或者涉密标志。请清除、涂黑，或者逐项说明。",
        "A file still holds hidden content or personal data. Clean it, redact it, or say why not.",
    ),
    "files_missing": (
        "答复书没有列出提供的信息。请添加文件；全部公开的，也可以写明获取的途径。",
        "The letter lists nothing given out. Add the files, or tell the way where all is given.",
    ),
    "fee_not_due": (
        "按现行标准不需要收费。",
        "By the tariff nothing has to be paid.",
    ),
    "quantity_wrong": (
        "件数或者页数超出可以计算的范围。请核对。",
        "That many pieces or pages cannot be counted. Check the number.",
    ),
    "charged_already": (
        "这件申请已经选定收费方式，按件和按量不得重复计收。",
        "A fee has been set for this case; it is counted by piece or by page, never both.",
    ),
    "too_many": (
        "今天的查询次数太多。请过一会儿再试。",
        "Too many attempts. Try again in a while.",
    ),
    "code_wrong": (
        "登记号或者查询码不对。请核对受理回执。",
        "The number or the query code is wrong. Compare your receipt.",
    ),
    "not_due": (
        "保管期限没有届满，或者案件尚未办结、正在复议诉讼，不能删除。",
        "It must be kept for longer: the time is not over, or the case or an appeal is open.",
    ),
    "anonymised": (
        "保管期限届满，申请人信息和材料已经删除。",
        "The time to keep it was over: who applied and their papers have been removed.",
    ),
    "before_round": (
        "日期早于重新办理之日。请核对。",
        "The date is before the day on which the case was taken up anew. Check it.",
    ),
    "order_before_answer": (
        "重新办理的日期应当晚于作出答复的日期。请核对收到决定、裁判的日期；当天答复的，次日起办理。",
        (
            "A case is taken up anew after the day of its answer. Check the day of the order; what "
            "was answered today can be taken up from tomorrow on."
        ),
    ),
    "order_not_extended": (
        "复议决定、裁判定了重新作出的期限，行政机关不能自行延长。",
        "The order itself sets the day for the new answer; the agency cannot put it off.",
    ),
    "after_facts": (
        "日期晚于已经登记的事项。请核对，或者先更正该事项。",
        "Something on record happened before that day. Check it, or strike that out first.",
    ),
    "why_unknown": (
        "请选择查看个人信息的原因。",
        "Choose why you open the personal data.",
    ),
    "agency_closed": (
        "该机关不受理申请。请选择其他机关。",
        "This agency takes no applications. Choose another.",
    ),
    "not_appealable": (
        "该案件现在不能登记这种复议、诉讼。",
        "This appeal cannot be entered for the case now.",
    ),
    "appeal_open": (
        "复议受理期间不得起诉；法院已受理的不得复议。请先登记前一程序的结果。",
        "Reconsideration and litigation never run side by side; enter the outcome of the first.",
    ),
    "time_over": (
        "答复期限已过，现在办理此事不再影响期限。请尽快答复（条例第三十三条）。",
        "The time to answer is over; this cannot change that any more. Answer soon (art. 33).",
    ),
    "correction_repeated": (
        "已经告知过一次补正。补正应当一次性告知（条例第三十条）；确需再次告知的，请写明原因。",
        "A correction was asked for before; it is asked for once (art. 30). Give the reason.",
    ),
    "reasons_pending": (
        "已经要求申请人说明理由，正在等待回复。",
        "The applicant has been asked for the reasons; the reply is awaited.",
    ),
    "before_request": (
        "日期早于发出告知之日。请核对。",
        "The date is before the day on which it was asked for. Check it.",
    ),
    "opinion_recorded": (
        "这次征求意见的回复已经登记。登记有误的，请先更正。",
        "This reply is on record already. If it is wrong, strike it out first.",
    ),
    "no_objection": (
        "对方没有提出异议，无需认定理由。",
        "There is no objection whose reasons could be judged.",
    ),
    "delay_not_later": (
        "延迟答复的日期须晚于现在的答复期限。",
        "The day to which the answer is delayed has to be after the present due date.",
    ),
    "term_too_short": ("期限太短。请核对。", "The term is too short. Check it."),
    "term_too_long": ("期限太长。请核对。", "The term is too long. Check it."),
    "assignment_closed": (
        "这项交办已经回复或者收回。",
        "This question has been answered or taken back already.",
    ),
    "nothing_to_pay": ("现在没有等待缴纳的费用。", "No payment is awaited."),
    "nothing_to_refund": ("没有可以退还的费用。", "There is nothing to give back."),
    "amount_differs": (
        "金额与应缴、已缴的数额不符。请核对。",
        "The amount is not the one that is due or was paid. Check it.",
    ),
    "fact_elsewhere": (
        "收到之日请用“更正收到日期”，答复之日请用“更正台账”，重新办理之日请用“更正重新办理”。",
        "Receipt, answer and the day of being taken up anew are corrected by verbs of their own.",
    ),
    "already_decided": (
        "您已经审核过其中一个环节，其余环节请由其他人办理。",
        "You have decided a step of this already. The others are for other people.",
    ),
    "not_your_step": (
        "现在的环节不由您审核。",
        "The step that is due is not yours to decide.",
    ),
    "agency_contact_missing": (
        "能够确定负责公开的机关的，须告知其名称和联系方式（条例第三十六条第五项）。",
        "Where the agency responsible is known, say how to reach it (art. 36(5)).",
    ),
    "withdrawal_missing": (
        "没有申请人撤回的记录。",
        "No withdrawal by the applicant is on record.",
    ),
    "not_answered": (
        "答复还没有送出，不能办结。",
        "The answer has not gone out; the case cannot be closed.",
    ),
    "letters_unsent": (
        "还有文书没有送出，不能办结。请先送出，或者作废不再需要的文书。",
        "Letters of the case have not been sent. Send them, or declare void what is not needed.",
    ),
    "not_arrived": (
        "答复已送出，还没有送达。请先登记签收；不能取得送达凭证的，写明理由再办结。",
        "The answer has not arrived. Record its arrival first, or give the reason for closing now.",
    ),
    "manner_not_asked": (
        "没有要求网上送达（条例第四十条）。请改用所要求的方式；已经同意的，在备注中写明何时、怎样同意。",
        (
            "Online service was not asked for (art. 40). Use the manner that was, or note when "
            "and how it was agreed."
        ),
    ),
    "not_proposable": (
        "只有已经提供给申请人的文件可以建议主动公开。",
        "Only what was given to an applicant can be proposed for publication.",
    ),
    "file_unknown": ("没有这个文件。", "There is no such file."),
    "not_cleanable": (
        "文件里没有可以自动清理的隐藏内容。",
        "Nothing hidden in the file can be removed automatically.",
    ),
    "not_a_pdf": (
        "只能在 PDF 文件上涂黑。请先转换为 PDF。",
        "Only a PDF can be redacted. Convert the file first.",
    ),
    "finding_unknown": (
        "文件中没有这项发现，文件可能已经更换。",
        "The file has no such finding; it may have been replaced.",
    ),
    "redo_missing": (
        "请选择责令重新答复的复议、诉讼，或者写明自行纠正的理由。",
        "Name the appeal that orders a new answer, or give the reason for acting on your own.",
    ),
    "redo_not_open": (
        "没有等着履行的决定、裁判；本系统的申请请在申请页面“重新办理”。",
        "No order waits to be carried out. A case of ours is taken up again on its own page.",
    ),
    "appeal_concluded": ("该案件已经审结。", "This appeal has been concluded already."),
    "appeal_struck": (
        "这件复议诉讼已经作废，不能再办理。",
        "The appeal was declared void; nothing is done about it any more.",
    ),
    "appeal_followed": (
        "后面的审级或者复议后的起诉以这件为前提。请先更正或者作废后面的。",
        "A later instance or suit rests on this one. Correct or strike out the later one first.",
    ),
    "order_in_use": (
        "申请正在或者已经按这个决定、裁判重新办理。请先在申请的期限记录里更正重新办理的依据。",
        "A case is or was decided anew under this order. Correct first on what its round rests.",
    ),
}


class NotAllowedError(Refusal):
    """A verb on a case was refused and nothing was written."""

    WORDS: ClassVar[Mapping[str, tuple[str, str]]] = WORDS
    CONFLICTS: ClassVar[frozenset[str]] = frozenset(
        {
            "stage",
            "not_in_charge",
            "changed_meanwhile",
            "content_changed",
            "decided_already",
            "withdrawn",
            "signed_already",
            "contact_closed",
            "manner_settled",
            "line_reversed",
            "fact_not_open",
            "extension_not_asked",
            "appeal_concluded",
            "opinion_recorded",
            "assignment_closed",
            "already_decided",
        }
    )
