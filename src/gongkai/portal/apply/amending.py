"""The applicant changes how they are reached and answered. What is on record is shown masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.actions.amending import contact_closed, manner_open
from gongkai.casework.application.contact import NAMES, OF_PROXY, REACHED, Contact, masked
from gongkai.casework.application.faults import IncompleteError
from gongkai.casework.application.models import Carrier, Case
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import opened
from gongkai.casework.refusal import NotAllowedError
from gongkai.portal.apply.forms import WEB_DELIVERIES, StepForm, choice, text
from gongkai.portal.apply.personal import personal_page, see_other
from gongkai.portal.apply.steps import SHOWN_ON
from gongkai.portal.apply.tracking import COOKIE, expired, held_in, keep, shown_case, tried, wait

OFFERED: dict[str, list[tuple[str, Any]]] = {
    "carrier": [(value, value.label) for value in Carrier],
    "delivery": [(value, value.label) for value in WEB_DELIVERIES],
}
"""How the answer may come (条例第四十条)."""


def _gone(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class AmendingForm(StepForm):
    """Empty fields: whoever guesses a code must not read from them where somebody lives."""

    telephone = text(gettext_lazy("联系电话"), optional=True, type="tel", autocomplete="tel")
    email = text(gettext_lazy("电子邮箱"), optional=True, type="email", autocomplete="email")
    address = text(gettext_lazy("通信地址"), optional=True, autocomplete="street-address")
    postcode = text(
        gettext_lazy("邮政编码"), optional=True, inputmode="numeric", autocomplete="postal-code"
    )
    proxy_telephone = text(gettext_lazy("代理人电话"), optional=True, type="tel")
    carrier = choice(gettext_lazy("希望得到的形式"), OFFERED["carrier"], widget=forms.Select)
    delivery = choice(gettext_lazy("获取的方式"), OFFERED["delivery"], widget=forms.Select)
    remove_telephone = _gone(gettext_lazy("删除原有的联系电话"))
    remove_email = _gone(gettext_lazy("删除原有的电子邮箱"))
    remove_address = _gone(gettext_lazy("删除原有的通信地址"))
    remove_postcode = _gone(gettext_lazy("删除原有的邮政编码"))
    remove_proxy_telephone = _gone(gettext_lazy("删除原有的代理人电话"))

    def about(self, case: Case) -> None:
        """Say at each field what is on record, and leave out what is settled."""
        person = Person.from_bytes(opened(case.applicant.sealed))
        reached = masked(person)
        for name in REACHED:
            stands = getattr(reached, name)
            said = gettext("现在：%(value)s") % {"value": stands or gettext("没有")}
            self.fields[name].help_text = said
            if not stands:
                del self.fields[f"remove_{name}"]
        if person.proxy is None:
            del self.fields[OF_PROXY]
        standing = {"carrier": case.get_carrier_display(), "delivery": case.get_delivery_display()}
        for name, value in standing.items():
            if not manner_open(case):
                del self.fields[name]
                continue
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.required = False
            same = gettext("不变（现在：%(value)s）") % {"value": value}
            field.choices = [("", same), *OFFERED[name]]

    def asked(self) -> Iterator[tuple[forms.BoundField, forms.BoundField | None]]:
        """Each field, with the choice to remove what stands there now where something does."""
        for name in NAMES:
            if name in self.fields:
                gone = f"remove_{name}"
                yield self[name], self[gone] if gone in self.fields else None


@personal_page()
def contact(request: HttpRequest) -> HttpResponse:
    """Asks what is to be changed, changes it, and goes back to the case."""
    held = held_in(request)
    if held is None:
        return expired(request)
    case = actions.tracked(held["number"], held["code"])
    closed = contact_closed(case)
    if closed:
        return shown_case(request, held, closed.message(speech()), closed.status)
    return (_changed if request.method == "POST" else _asked)(request, held, case)


def _changed(request: HttpRequest, held: dict[str, str], case: Case) -> HttpResponse:
    grants = tried(request, held["number"])
    if not all(grant.allowed for grant in grants):
        return wait(request, grants)
    try:
        actions.amend_contact(held["number"], held["code"], _wanted(request))
    except IncompleteError as lacking:
        wrong = [(SHOWN_ON[one.field][1], one.message(speech())) for one in lacking.problems]
        return _asked(request, held, case, wrong)
    except NotAllowedError as refused:
        if refused.status == 409:
            return shown_case(request, held, refused.message(speech()), refused.status)
        return _asked(request, held, case, refusal=refused.message(speech()))
    response = see_other(reverse("portal:track_case"))
    keep(request, response, request.COOKIES[COOKIE], held | {"said": gettext("联系方式已更改。")})
    return response


def _wanted(request: HttpRequest) -> Contact:
    removed = frozenset(name for name in REACHED if request.POST.get(f"remove_{name}"))
    return Contact(**{name: request.POST.get(name, "") for name in NAMES}, removed=removed)


def _asked(
    request: HttpRequest,
    held: dict[str, str],
    case: Case,
    wrong: Iterable[tuple[str, str]] = (),
    refusal: str = "",
) -> HttpResponse:
    """The page, with what was typed just now and never what is on record."""
    form = AmendingForm(request.POST.dict())
    form.about(case)
    for name, message in wrong:
        form.add_error(name if name in form.fields else None, message)
    shown: dict[str, Any] = {"case": case, "form": form, "refusal": refusal}
    status = 422 if form.errors or refusal else 200
    response = render(request, "portal/apply/contact.html", shown, status=status)
    keep(request, response, request.COOKIES[COOKIE], held)
    return response
