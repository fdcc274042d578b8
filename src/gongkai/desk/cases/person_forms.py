"""Who applies, as an officer fills it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.casework.application.models import ApplicantKind, Case
from gongkai.casework.application.person import IDENTITY_KINDS, Person, Proxy
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.forms import CaseForm

IDENTITIES = [("", "—"), *((code, zh) for code, (zh, _) in IDENTITY_KINDS.items())]
PLACES = {
    "person.name": "name",
    "person.identity_kind": "identity_kind",
    "person.identity_number": "identity_number",
    "person.contact_person": "contact_person",
    "person.telephone": "telephone",
    "person.email": "email",
    "person.address": "address",
    "person.postcode": "postcode",
    "person.proxy.name": "proxy_name",
    "person.proxy.identity_kind": "proxy_identity_kind",
    "person.proxy.identity_number": "proxy_identity_number",
    "person.proxy.telephone": "proxy_telephone",
}
"""Where a problem of the application stands in the form."""


def _optional(label: object, **more: Any) -> Any:
    return fields.line(label, required=False, **more)


class PersonFields(forms.Form):
    """The applicant and who acts for them. What the letter does not say stays blank."""

    kind = fields.choice(
        gettext_lazy("申请人类型"), ApplicantKind.choices, radio=False, initial="natural_person"
    )
    name = _optional(gettext_lazy("姓名或者单位名称"))
    identity_kind = fields.choice(gettext_lazy("证件种类"), IDENTITIES, radio=False, required=False)
    identity_number = _optional(gettext_lazy("证件号码"))
    contact_person = _optional(gettext_lazy("联系人"), help_text=gettext_lazy("单位申请时填写。"))
    telephone = _optional(gettext_lazy("联系电话"))
    email = _optional(gettext_lazy("电子邮箱"))
    address = _optional(gettext_lazy("通信地址"))
    postcode = _optional(gettext_lazy("邮政编码"))
    proxy_name = _optional(gettext_lazy("代理人姓名"))
    proxy_identity_kind = fields.choice(
        gettext_lazy("代理人证件种类"), IDENTITIES, radio=False, required=False
    )
    proxy_identity_number = _optional(gettext_lazy("代理人证件号码"))
    proxy_telephone = _optional(gettext_lazy("代理人电话"))

    def person(self) -> Person:
        """The person as filled in. Only after validation."""
        said = self.cleaned_data
        proxy = Proxy(
            said["proxy_name"],
            said["proxy_identity_kind"],
            said["proxy_identity_number"],
            said["proxy_telephone"],
        )
        names = ("name", "identity_kind", "identity_number", "contact_person")
        ways = ("telephone", "email", "address", "postcode")
        return Person(
            **{name: said[name] for name in (*names, *ways)},
            proxy=proxy if any((proxy.name, proxy.identity_number, proxy.telephone)) else None,
        )


class ApplicantForm(PersonFields, CaseForm):
    """The applicant of a case, to be put right for a reason that names nobody."""

    reason = fields.text(
        gettext_lazy("更正的理由"),
        rows=2,
        help_text=gettext_lazy("记入台账。不要写姓名和联系方式。"),
    )

    def about(self, case: Case, /) -> None:
        self.fields["kind"].initial = case.applicant.kind


def initial(person: Person, kind: str) -> dict[str, str]:
    """The values of the form for a person who is on record."""
    proxy = person.proxy or Proxy()
    return {
        "kind": kind,
        "name": person.name,
        "identity_kind": person.identity_kind,
        "identity_number": person.identity_number,
        "contact_person": person.contact_person,
        "telephone": person.telephone,
        "email": person.email,
        "address": person.address,
        "postcode": person.postcode,
        "proxy_name": proxy.name,
        "proxy_identity_kind": proxy.identity_kind,
        "proxy_identity_number": proxy.identity_number,
        "proxy_telephone": proxy.telephone,
    }
