"""An application as an officer enters it from the counter, the post, a fax or a call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from gongkai.casework.actions import Confirmed
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.intake import Application, Attached
from gongkai.casework.application.models import (
    ApplicantKind,
    Carrier,
    Case,
    Channel,
    Delivery,
    EnclosureKind,
)
from gongkai.casework.application.receipt import CONFIRMED
from gongkai.casework.queries import handled_by
from gongkai.desk.cases import fields
from gongkai.desk.cases.confirming import ConfirmedFields, how, manners
from gongkai.desk.cases.person_forms import PLACES, PersonFields
from gongkai.org.models import Agency, User

ENTERED = [pair for pair in Channel.choices if pair[0] != Channel.WEB]
FILES: dict[str, EnclosureKind] = {
    "original": EnclosureKind.APPLICATION,
    "identity": EnclosureKind.IDENTITY,
    "authority": EnclosureKind.AUTHORITY,
}
CONFIRMED_FIELDS = ("at", "reached", "manner", "note")
WITH_A_DAY = ("reached", "manner")
"""What is asked for once a day of confirmation is given."""
GROUPS = (
    (
        gettext_lazy("怎样收到的"),
        ("agency", "channel", "submitted_on", "signed_on"),
    ),
    (gettext_lazy("双方确认收到"), ("confirmed_on", *CONFIRMED_FIELDS)),
    (
        gettext_lazy("申请人"),
        (
            "kind",
            "name",
            "identity_kind",
            "identity_number",
            "contact_person",
            "telephone",
            "email",
            "address",
            "postcode",
        ),
    ),
    (
        gettext_lazy("委托代理"),
        (
            "by_proxy",
            "proxy_name",
            "proxy_identity_kind",
            "proxy_identity_number",
            "proxy_telephone",
        ),
    ),
    (
        gettext_lazy("所需的政府信息"),
        ("description", "document_number", "carrier", "delivery", "assistance", "requests"),
    ),
    (gettext_lazy("材料"), ("original", "identity", "authority")),
)


def manner_or_none() -> list[tuple[str, str]]:
    """The ways of confirming, and none for what was not confirmed yet."""
    return [("", "—"), *manners()]


class EntryForm(ConfirmedFields, PersonFields):
    """What came in, as it stands in the letter; what it lacks is asked for afterwards."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("受理机关"), empty_label=None
    )
    channel = fields.choice(gettext_lazy("申请渠道"), ENTERED, initial=Channel.COUNTER)
    submitted_on = fields.day(
        gettext_lazy("提交日期"), help_text=gettext_lazy("当面提交、寄出、发出或者口头提出的日期。")
    )
    signed_on = fields.day(
        gettext_lazy("签收日期"),
        required=False,
        help_text=gettext_lazy("挂号信、特快专递填写，以签收之日为收到之日（条例第三十一条）。"),
    )
    confirmed_on = fields.day(
        gettext_lazy("双方确认日期"),
        required=False,
        help_text=gettext_lazy(
            "传真、电子邮件和平常信函，已经与申请人确认的填写，"
            "并写明联系到谁、怎样确认；还没有确认的以后办。"
        ),
    )
    manner = fields.choice(gettext_lazy("确认方式"), manner_or_none, radio=False, required=False)
    by_proxy = fields.yes(gettext_lazy("由代理人提出"))
    description = fields.text(
        gettext_lazy("所需信息的名称、文号或者特征"),
        rows=5,
        help_text=gettext_lazy("照录申请书；口头申请的，写明后念给申请人确认。"),
    )
    document_number = fields.line(gettext_lazy("文号"), required=False)
    carrier = fields.choice(gettext_lazy("载体形式"), Carrier.choices, initial=Carrier.PAPER)
    delivery = fields.choice(gettext_lazy("获取方式"), Delivery.choices, initial=Delivery.COUNTER)
    assistance = fields.line(
        gettext_lazy("需要的帮助"),
        required=False,
        help_text=gettext_lazy("阅读困难、视听障碍等（条例第四十三条）。"),
    )
    requests = fields.whole(
        gettext_lazy("计费件数"),
        most=100,
        initial=1,
        help_text=gettext_lazy("一份申请书中有几项内容；年报仍计一件。"),
    )
    original = fields.file(gettext_lazy("申请原件"), required=False)
    identity = fields.file(gettext_lazy("身份证明"), required=False)
    authority = fields.file(
        gettext_lazy("授权委托书"), required=False, help_text=gettext_lazy("由代理人提出的需要。")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = handled_by(user).order_by("path")
        self.fields["agency"].queryset = places  # type: ignore[attr-defined]
        self.fields["agency"].initial = places.first()
        self.fields["agency"].label_from_instance = Agency.label  # type: ignore[attr-defined]
        self.alone = places.count() == 1
        self.fields["reached"].required = False
        self.with_a_day = WITH_A_DAY

    def clean(self) -> dict[str, Any]:
        """Whoever has a day of confirmation says with whom and how; and nobody gives one that the
        channel does not need (条例第三十一条)."""
        said = super().clean() or {}
        if said.get("confirmed_on"):
            self._check_confirmed(said)
        elif "confirmed_on" not in self.errors and any(said.get(n) for n in CONFIRMED_FIELDS):
            self.add_error("confirmed_on", gettext("写了怎样确认的，请填写确认的日期。"))
        return said

    def _check_confirmed(self, said: dict[str, Any]) -> None:
        if said.get("channel") not in {*CONFIRMED, None}:
            self.add_error("confirmed_on", gettext("这样提出的申请不用双方确认，请空着。"))
            return
        for name, message in zip(WITH_A_DAY, (fields.MISSING, fields.CHOOSE), strict=True):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, message)

    def confirmed(self) -> Confirmed | None:
        """How receipt was confirmed; None where it was not yet. Only after validation."""
        return how(self.cleaned_data) if self.cleaned_data["confirmed_on"] else None

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their heads."""
        return [(str(head), [self[name] for name in names]) for head, names in GROUPS]

    def application(self, files: dict[str, Incoming], repeats: Case | None) -> Application:
        """The application as filled in. Only after validation."""
        said = self.cleaned_data
        same = ("submitted_on", "signed_on", "confirmed_on", "by_proxy", "description")
        rest = ("document_number", "assistance", "requests")
        return Application(
            **{name: said[name] for name in (*same, *rest)},
            agency=said["agency"],
            channel=Channel(said["channel"]),
            kind=ApplicantKind(said["kind"]),
            carrier=Carrier(said["carrier"]),
            delivery=Delivery(said["delivery"]),
            person=self.person(),
            files=tuple(Attached(FILES[name], file) for name, file in files.items()),
            repeats=repeats,
        )

    def place_of(self, field: str, files: dict[str, Incoming]) -> str | None:
        """The field of the form in which a problem of the application is said; None for none."""
        if field.startswith("files."):
            return list(files)[int(field.removeprefix("files."))]
        if field == "files":
            return "authority"
        name = PLACES.get(field, field)
        return name if name in self.fields else None
