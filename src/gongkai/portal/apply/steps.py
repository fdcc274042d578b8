"""The pages of the form, their order, and which of them shows which field."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

PAGES = ("agency", "description", "kind", "person", "contact", "files", "assistance")
"""In the order in which they are asked for; the last one is followed by "check"."""
CHECK = "check"

PARTS: tuple[tuple[tuple[str, ...], str | Promise], ...] = (
    (("agency",), gettext_lazy("向谁申请")),
    (("description", "published"), gettext_lazy("要什么")),
    (("kind", "person"), gettext_lazy("您是谁")),
    (("contact",), gettext_lazy("联系和获取")),
    (("files",), gettext_lazy("附上材料")),
    (("assistance",), gettext_lazy("需要的帮助")),
    ((CHECK,), gettext_lazy("核对提交")),
)
"""What the progress bar shows; who applies takes two pages."""

SHOWN_ON: dict[str, tuple[str, str]] = {
    "agency": ("agency", "agency"),
    "description": ("description", "description"),
    "document_number": ("description", "document_number"),
    "kind": ("kind", "kind"),
    "person.name": ("person", "name"),
    "person.identity_kind": ("person", "identity_kind"),
    "person.identity_number": ("person", "identity_number"),
    "person.contact_person": ("person", "contact_person"),
    "person.proxy.name": ("person", "proxy_name"),
    "person.proxy.identity_kind": ("person", "proxy_identity_kind"),
    "person.proxy.identity_number": ("person", "proxy_identity_number"),
    "person.proxy.telephone": ("person", "proxy_telephone"),
    "person.telephone": ("contact", "telephone"),
    "person.email": ("contact", "email"),
    "person.address": ("contact", "address"),
    "person.postcode": ("contact", "postcode"),
    "carrier": ("contact", "carrier"),
    "delivery": ("contact", "delivery"),
    "assistance": ("assistance", "assistance"),
}
"""Where a field of an application (`faults.Problem.field`) is asked for: page and field there."""


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of the progress bar."""

    label: str
    here: bool
    done: bool


def progress(page: str) -> list[Part]:
    """The parts of the form as they stand on the page."""
    at = place(page) - 1
    return [Part(str(label), n == at, n < at) for n, (_, label) in enumerate(PARTS)]


def place(page: str) -> int:
    """In which part the page lies, counted from 1."""
    return next(n for n, (pages, _) in enumerate(PARTS, 1) if page in pages)


def following(done: Collection[str]) -> str:
    """The first page that is not done yet, "check" when all are."""
    return next((page for page in PAGES if page not in done), CHECK)


def before(page: str) -> str:
    """The page to go back to; "" from the first."""
    if page == "published":
        return "description"
    pages = (*PAGES, CHECK)
    at = pages.index(page)
    return pages[at - 1] if at else ""


def address(page: str) -> str:
    """Where the page is."""
    return reverse("portal:apply_step", args=(page,))
