"""From the answers of the form to an application, and what is wrong with them, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from django.http import QueryDict
from django.utils import timezone

from gongkai.annual_report.speech import speech
from gongkai.casework.application import drafts
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.faults import Problem
from gongkai.casework.application.intake import Application, Attached, problems
from gongkai.casework.application.models import (
    ApplicantKind,
    Carrier,
    Channel,
    Delivery,
    EnclosureKind,
)
from gongkai.casework.application.person import Person, Proxy
from gongkai.org.models import Agency
from gongkai.portal.apply.draft import Draft
from gongkai.portal.apply.forms import FORMS, YES, StepForm, is_organisation
from gongkai.portal.apply.steps import SHOWN_ON
from gongkai.screening.text.invisible import visible

ON_FILES = {"identity_missing": "identity", "authority_missing": "authority"}
"""What is asked for last: a copy will do where no number was given."""


def posted(form: type[StepForm], given: QueryDict) -> dict[str, str]:
    """The answers of one page as they came, without what nobody can see."""
    return {
        name: visible(str(given[name]).replace("\r\n", "\n")).strip()
        for name in form.base_fields
        if name in given
    }


def application_of(
    draft: Draft, agency: Agency | None = None, files: Iterable[Attached] | None = None
) -> Application:
    """The application as it would be sent now: to the agency, or to nobody yet; `files` with their
    bytes, or known by kind alone."""
    answers = draft.answers
    attached = named(draft) if files is None else tuple(files)
    kind = answers.get("kind", "")
    return Application(
        agency=agency or Agency(),
        channel=Channel.WEB,
        submitted_on=timezone.localdate(),
        kind=cast("ApplicantKind", kind),
        person=_person(answers),
        by_proxy=answers.get("by_proxy") == YES,
        description=answers.get("description", ""),
        document_number=answers.get("document_number", ""),
        carrier=cast("Carrier", answers.get("carrier", "")),
        delivery=cast("Delivery", answers.get("delivery", "")),
        assistance=answers.get("assistance", ""),
        files=attached,
    )


def agency_of(draft: Draft) -> Agency | None:
    """The agency that was chosen, if it takes applications still."""
    return active_agency(draft.answers.get("agency", ""))


def active_agency(code: str) -> Agency | None:
    """The agency with that code, if there is one that takes applications."""
    if not code:
        return None
    try:
        return Agency.objects.get(code=code[:40], active=True)
    except Agency.DoesNotExist:
        return None


def named(draft: Draft) -> tuple[Attached, ...]:
    """The files of the draft without their bytes."""
    return tuple(
        Attached(EnclosureKind(one["kind"]), Incoming(one["name"], "", b"")) for one in draft.files
    )


def with_bytes(draft: Draft) -> tuple[Attached, ...]:
    """The files of the draft. Raises FileNotFoundError once it was sent or has expired."""
    return tuple(
        Attached(
            EnclosureKind(one["kind"]),
            Incoming(one["name"], "", drafts.attached(draft.key, one["at"])),
        )
        for one in draft.files
    )


def faults(draft: Draft, today: date) -> list[Problem]:
    """Everything wrong with the answers; files were looked at when they came in."""
    found = problems(application_of(draft), today)
    return [problem for problem in found if not problem.field.startswith("files.")]


def wrong_on(page: str, draft: Draft) -> list[tuple[str, str]]:
    """What is wrong on one page: field and message."""
    found = faults(draft, timezone.localdate())
    return [
        (shown[1], problem.message(speech()))
        for problem in found
        if (shown := shown_on(problem))[0] == page
    ]


def shown_on(problem: Problem) -> tuple[str, str]:
    """The page and the field where the problem can be put right."""
    if problem.reason in ON_FILES:
        return "files", ON_FILES[problem.reason]
    return SHOWN_ON.get(problem.field, ("files", "identity"))


def form_of(page: str, draft: Draft, wrong: Iterable[tuple[str, str]] = ()) -> StepForm:
    """The fields of the page with the answers so far, or with what is usual."""
    usual = {
        "carrier": Carrier.ELECTRONIC.value,
        "delivery": Delivery.ONLINE.value,
    }
    return FORMS[page](usual | draft.answers, wrong)


def _person(answers: Mapping[str, str]) -> Person:
    proxy = None
    if answers.get("by_proxy") == YES:
        proxy = Proxy(
            name=answers.get("proxy_name", ""),
            identity_kind=answers.get("proxy_identity_kind", ""),
            identity_number=answers.get("proxy_identity_number", ""),
            telephone=answers.get("proxy_telephone", ""),
        )
    return Person(
        name=answers.get("name", ""),
        identity_kind=answers.get("identity_kind", ""),
        identity_number=answers.get("identity_number", ""),
        contact_person=answers.get("contact_person", "") if is_organisation(answers) else "",
        telephone=answers.get("telephone", ""),
        email=answers.get("email", ""),
        address=answers.get("address", ""),
        postcode=answers.get("postcode", ""),
        proxy=proxy,
    )
