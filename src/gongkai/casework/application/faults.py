"""What may be wrong with an application as it is filled in, in words for who filled it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gongkai.casework.refusal import NotAllowedError

WORDS: Mapping[str, tuple[str, str]] = {
    "agency_closed": (
        "该机关不受理申请。请选择其他机关。",
        "This agency takes no applications. Choose another.",
    ),
    "unknown": ("请从列出的选项中选择。", "Choose one of those listed."),
    "future": ("日期在今天之后。", "The date lies in the future."),
    "signed_before_submitted": (
        "签收日期早于提交日期。",
        "It was signed for before it was submitted.",
    ),
    "confirmed_before_submitted": (
        "确认日期早于提交日期。",
        "Receipt was confirmed before it was submitted.",
    ),
    "before_the_regulations": (
        "日期早于现行条例施行之日（2019年5月15日）。请核对。",
        "The date is before the present Regulations (15 May 2019). Check it.",
    ),
    "signed_missing": (
        "挂号信、特快专递自签收之日起计算。请填写签收日期。",
        "Registered post is received when it is signed for: give that day.",
    ),
    "name_missing": ("请填写姓名或者名称。", "Give the name."),
    "name_too_long": ("名称不超过一百个字。", "At most 100 characters."),
    "too_long": ("文字太长。", "The text is too long."),
    "identity_missing": (
        "请填写身份证件号码，或者附身份证明（条例第二十九条）。",
        "Give the number of an identity paper, or enclose a copy (art. 29).",
    ),
    "id_card_wrong": (
        "身份证号码不对：应为十八位，末位是校验码。请核对。",
        "This is no identity card number: 18 characters, the last of which checks the others.",
    ),
    "credit_code_wrong": (
        "统一社会信用代码不对：应为十八位，末位是校验码。请核对。",
        "This is no unified social credit code: 18 characters, the last checks the others.",
    ),
    "contact_missing": (
        "请至少填写一种联系方式（条例第二十九条）。",
        "Give at least one way to reach you (art. 29).",
    ),
    "telephone_wrong": (
        "电话号码不对。手机号十一位，座机请带区号。",
        "This is no telephone number: 11 digits, or a landline with its area code.",
    ),
    "email_wrong": ("电子邮箱地址不对。请核对。", "This is no e-mail address. Check it."),
    "postcode_wrong": ("邮政编码应为六位数字。", "A postcode has six digits."),
    "email_missing": (
        "以电子邮件获取的，请填写邮箱地址。",
        "To be answered by e-mail, give an address.",
    ),
    "address_missing": (
        "以邮寄方式获取的，请填写通信地址。",
        "To be answered by post, give an address.",
    ),
    "email_needed": (
        "答复要用电子邮件给您，邮箱不能删除。请填写新的邮箱，或者另选获取的方式。",
        "The answer is to come by e-mail. Give another address, or choose another way.",
    ),
    "address_needed": (
        "答复要邮寄给您，地址不能删除。请填写新的地址，或者另选获取的方式。",
        "The answer is to come by post. Give another address, or choose another way.",
    ),
    "contact_needed": (
        "电话、邮箱、地址不能都删除，请至少留一种（条例第二十九条）。",
        "Not all ways to reach you can be removed: leave at least one (art. 29).",
    ),
    "given_and_removed": (
        "又填写了新的，又要删除。请只选一样。",
        "A new value is given and is to be removed at once. Do one of the two.",
    ),
    "paper_delivery": (
        "纸质的不能在网上或者用邮件给您。请选“邮寄”或者“当面领取”，或者把形式改为“电子”。",
        "Paper cannot come online or by e-mail. Choose post or collection, or electronic form.",
    ),
    "inspection_delivery": (
        "查阅、抄录要到机关来。获取的方式请选“当面领取”。",
        "To read and copy, one comes to the agency. Choose collection in person.",
    ),
    "description_missing": (
        "请写明所需信息的名称、文号或者便于查询的其他特征（条例第二十九条）。",
        "Name the information, its number, or what else helps to find it (art. 29).",
    ),
    "description_too_long": (
        "描述不超过一万个字。请缩短，或者将全文作为附件。",
        "At most 10,000 characters. Shorten it, or enclose the whole text.",
    ),
    "requests_wrong": ("计费件数应为一至一百。", "Between 1 and 100 requests."),
    "repeats_another": (
        "所选的不是同一申请人向同一机关提出的申请，不算重复。请重新选择。",
        "The earlier application is another person's or went to another agency. Choose again.",
    ),
    "proxy_name_missing": ("请填写代理人姓名。", "Give the name of the proxy."),
    "authority_missing": (
        "委托他人申请的，请附授权委托书。",
        "An application by proxy needs the written authority.",
    ),
    "files_too_many": ("附件不超过二十个。", "At most 20 files."),
    "file_too_large": ("文件太大。", "The file is too large."),
    "file_kind": (
        "不接收这种文件。请使用 PDF、图片或者 Word 文件。",
        "This kind of file is not accepted. Use PDF, a picture or Word.",
    ),
    "file_unsafe": (
        "文件已损坏、加密，或者含有可能有害的内容。请换一个文件。",
        "The file is broken, locked, or holds what may do harm. Use another.",
    ),
}

CORRECTABLE = frozenset(
    {
        "name_missing",
        "identity_missing",
        "id_card_wrong",
        "credit_code_wrong",
        "contact_missing",
        "telephone_wrong",
        "email_wrong",
        "postcode_wrong",
        "email_missing",
        "address_missing",
        "paper_delivery",
        "inspection_delivery",
        "proxy_name_missing",
        "authority_missing",
    }
)
"""What an officer may enter as it stands in the letter: the applicant is asked to correct it
(条例第三十条), the letter is not sent back."""


class Problem(NamedTuple):
    """Something missing or wrong: the field of `Application` (that of the person as
    "person.email", a file as "files.0") and why."""

    field: str
    reason: str

    def message(self, language: str = "zh") -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        return WORDS[self.reason][0 if language.startswith("zh") else 1]


class IncompleteError(NotAllowedError):
    """An application that cannot be taken as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("missing")
        self.problems = tuple(problems)

    def message(self, language: str = "zh") -> str:
        """All problems in one text."""
        return " ".join(problem.message(language) for problem in self.problems)
