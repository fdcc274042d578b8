"""The fields of the form, page by page. What is wrong with them is said elsewhere
(`casework.application.intake.problems`): a page shows it, and judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext, gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework.application.models import ApplicantKind, Carrier, Delivery
from gongkai.casework.application.person import IDENTITY_KINDS

YES = "yes"
INPUT = forms.TextInput
WEB_DELIVERIES = (Delivery.ONLINE, Delivery.EMAIL, Delivery.POST, Delivery.COUNTER)


def text(
    label: Any, hint: Any = "", *, optional: bool = False, widget: Any = INPUT, **attrs: str
) -> forms.CharField:
    """One line, or with `widget=forms.Textarea` several. No length is cut off: it is judged."""
    shown = {"spellcheck": "false", "autocomplete": "off"} | attrs
    return forms.CharField(
        label=label,
        help_text=hint,
        required=not optional,
        strip=False,
        widget=widget(attrs=shown),
    )


def choice(label: Any, choices: Any, hint: Any = "", *, widget: Any = forms.RadioSelect) -> Any:
    """One of several."""
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, widget=widget)


class StepForm(forms.Form):
    """The fields of one page with the answers so far and what is wrong with them.

    `missing` has pairs of a field and a message.
    """

    use_required_attribute = False
    HEADING: ClassVar[Any] = ""
    LEAD: ClassVar[Any] = ""

    def __init__(self, answers: Mapping[str, str], missing: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(data={name: answers.get(name, "") for name in self.base_fields})
        self.shape(answers)
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for name, message in missing:
            self.add_error(name if name in self.fields else None, message)

    def shape(self, answers: Mapping[str, str]) -> None:
        """Leave out what these answers make needless."""

    @property
    def summary(self) -> list[tuple[str, str, str]]:
        """What is wrong, for the summary: anchor, label, message."""
        return [
            (_anchor(self[name]), str(self[name].label), str(message))
            for name, messages in self.errors.items()
            if name in self.fields
            for message in messages
        ]


def _anchor(field: forms.BoundField) -> str:
    """The id of what can be filled in; of several choices, the first."""
    return field.id_for_label or f"{field.auto_id}_0"


class DescriptionForm(StepForm):
    """What is wanted. What for is nobody's concern (条例第二十九条)."""

    HEADING = gettext_lazy("您要什么信息")
    LEAD = gettext_lazy("写得越具体，越容易找到。不用说明用途。")
    description = text(
        gettext_lazy("所需信息的名称，或者便于查找的其他特征"),
        gettext_lazy("例如：事项、年份、地点、由谁作出。一份申请最好只写一件事。最多一万字。"),
        widget=forms.Textarea,
        rows="6",
        spellcheck="true",
    )
    document_number = text(
        gettext_lazy("文号"), gettext_lazy("知道的话写上，例如：×政发〔2025〕3号。"), optional=True
    )


class KindForm(StepForm):
    """Who applies, by the columns of the yearly form."""

    HEADING = gettext_lazy("谁来申请")
    LEAD = gettext_lazy("个人以自己的名义申请，选“自然人”。其余按单位的性质选择，只用于统计。")
    kind = choice(gettext_lazy("申请人"), ApplicantKind.choices)
    by_proxy = choice(
        gettext_lazy("是本人办理，还是受委托办理"),
        [("", gettext_lazy("本人或者本单位办理")), (YES, gettext_lazy("我受申请人委托办理"))],
        gettext_lazy("受委托的，后面要附授权委托书和双方的身份证明。"),
    )


class PersonForm(StepForm):
    """Name and proof of identity (条例第二十九条), and those of a proxy."""

    HEADING = gettext_lazy("申请人的姓名和身份")
    LEAD = gettext_lazy("法律要求写明姓名或者名称和身份证明。只用于办理这份申请，加密保存。")
    name = text(gettext_lazy("姓名"), autocomplete="name")
    contact_person = text(gettext_lazy("联系人"), optional=True)
    identity_kind = choice(gettext_lazy("证件种类"), (), widget=forms.Select)
    identity_number = text(
        gettext_lazy("证件号码"),
        gettext_lazy("不想填写号码的，可以留空，在第五步附证件的照片或者复印件。"),
        optional=True,
    )
    proxy_name = text(gettext_lazy("代理人姓名"))
    proxy_identity_kind = choice(gettext_lazy("代理人证件种类"), (), widget=forms.Select)
    proxy_identity_number = text(gettext_lazy("代理人证件号码"), optional=True)
    proxy_telephone = text(gettext_lazy("代理人电话"), optional=True, type="tel")

    def shape(self, answers: Mapping[str, str]) -> None:
        """A natural person has no contact person; without a proxy nobody is asked for one."""
        unit = is_organisation(answers)
        kinds = _identity_kinds(unit=unit)
        self._choose("identity_kind", kinds)
        self._choose("proxy_identity_kind", _identity_kinds(unit=False))
        if unit:
            self.fields["name"].label = gettext("单位全称")
            self.fields["name"].widget.attrs["autocomplete"] = "organization"
        else:
            del self.fields["contact_person"]
        if answers.get("by_proxy") != YES:
            for name in [name for name in self.fields if name.startswith("proxy_")]:
                del self.fields[name]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ContactForm(StepForm):
    """How the applicant is reached and how the information is to come (第二十九条、第四十条)."""

    HEADING = gettext_lazy("怎样联系您，怎样把信息给您")
    LEAD = gettext_lazy(
        "电话、邮箱、地址至少填一项。网上提交的申请要与您确认收到，建议填写能接通的电话。"
    )
    telephone = text(gettext_lazy("联系电话"), optional=True, type="tel", autocomplete="tel")
    email = text(
        gettext_lazy("电子邮箱"),
        gettext_lazy("填写后，办理的每一步会发邮件告诉您。"),
        optional=True,
        type="email",
        autocomplete="email",
    )
    address = text(gettext_lazy("通信地址"), optional=True, autocomplete="street-address")
    postcode = text(
        gettext_lazy("邮政编码"), optional=True, inputmode="numeric", autocomplete="postal-code"
    )
    carrier = choice(gettext_lazy("希望得到的形式"), Carrier.choices)
    delivery = choice(
        gettext_lazy("获取的方式"),
        [(value, value.label) for value in WEB_DELIVERIES],
        gettext_lazy(
            "纸质的选邮寄或者当面领取；查阅、抄录的选当面领取。"
            "选“网上查看”的，凭登记号和查询码在本站下载。"
        ),
    )


class AssistanceForm(StepForm):
    """Help for who has difficulties in reading, seeing or hearing (条例第四十三条)."""

    HEADING = gettext_lazy("办理时需要什么帮助")
    LEAD = gettext_lazy(
        "阅读有困难，或者有视力、听力障碍的，机关应当提供必要的帮助。没有的，直接继续。"
    )
    assistance = text(
        gettext_lazy("需要的帮助"),
        gettext_lazy("例如：请用大字答复；请打电话念给我听；请安排手语。最多五百字。"),
        optional=True,
        widget=forms.Textarea,
        rows="3",
        spellcheck="true",
    )


FORMS: dict[str, type[StepForm]] = {
    "description": DescriptionForm,
    "kind": KindForm,
    "person": PersonForm,
    "contact": ContactForm,
    "assistance": AssistanceForm,
}
"""The pages that are nothing but fields."""


def is_organisation(answers: Mapping[str, str]) -> bool:
    """Whether somebody else than a natural person applies."""
    return answers.get("kind", "") not in {"", ApplicantKind.NATURAL_PERSON}


def _identity_kinds(*, unit: bool) -> list[tuple[str, str]]:
    """The papers by which one is known, the likeliest first."""
    codes = list(IDENTITY_KINDS)
    codes.sort(key=lambda code: (code == "credit_code") != unit)
    if not unit:
        codes.remove("credit_code")
    place = 0 if speech() == "zh" else 1
    return [(code, IDENTITY_KINDS[code][place]) for code in codes]
