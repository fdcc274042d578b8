"""Every version of a document, and the difference between any two in words people read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.annual_report.queries import paged
from gongkai.desk.access import staff
from gongkai.desk.differing import runs
from gongkai.desk.documents import merging, words
from gongkai.desk.documents.page import basics
from gongkai.desk.documents.reach import seen_document, whole
from gongkai.publishing.document.columns import column_label
from gongkai.publishing.document.difference import difference
from gongkai.publishing.document.models import Document, Version
from gongkai.publishing.document.versions import content_of

PAGE_SIZE = 50


@dataclass(slots=True)
class Group:
    """A version, with those before it that its writer's browser had saved by itself."""

    version: Version
    autosaves: list[Version] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Change:
    """A detail that changed, or files that came or went: what it is called, before and after."""

    label: str
    before: str
    after: str


@staff
@require_safe
def listed(request: HttpRequest, key: int) -> HttpResponse:
    """All versions, newest first, and the two that were chosen side by side."""
    held = seen_document(request, key)
    rows = held.versions.select_related("by", "base").defer("body").order_by("-number")
    page = paged(rows, request.GET.get("page"), PAGE_SIZE)
    before, after = _chosen(request, held)
    shown = {
        **basics(held),
        "page": page,
        "groups": _grouped(page),
        "published": {p.version_id: p for p in held.publications.all()},
        "before": before,
        "after": after,
    }
    if before and after:
        shown["changes"] = changes(before, after)
        shown["runs"] = runs(difference(before.body, after.body))
        shown["same_text"] = before.body == after.body
    return render(request, "desk/documents/versions.html", shown)


def changes(before: Version, after: Version) -> list[Change]:
    """The metadata that differs, then the attachments."""
    found = [
        Change(
            column_label(item.name),
            words.value(item.name, item.other),
            words.value(item.name, item.own),
        )
        for item in merging.fields(content_of(after), content_of(before))
    ]
    files = [_files(before), _files(after)]
    if files[0] != files[1]:
        found.append(Change(gettext("附件"), *files))
    return found


def _chosen(request: HttpRequest, held: Document) -> tuple[Version | None, Version | None]:
    """The two versions the address names, the older first; None where there are not two."""
    asked = (whole(request.GET.get(name)) for name in ("from", "to"))
    numbers = {number for number in asked if number is not None}
    if len(numbers) != 2:
        return None, None
    rows = held.versions.select_related("by").filter(number__in=numbers).order_by("number")
    found = list(rows)
    return (found[0], found[1]) if len(found) == 2 else (None, None)


def _grouped(versions: Iterable[Version]) -> list[Group]:
    """What a browser saved by itself is folded into the next version saved by the same hand."""
    groups: list[Group] = []
    for version in versions:
        if version.autosaved and not version.parallel and groups and _follows(groups[-1], version):
            groups[-1].autosaves.append(version)
        else:
            groups.append(Group(version))
    return groups


def _follows(group: Group, version: Version) -> bool:
    return group.version.by_id == version.by_id and not group.version.parallel


def _files(version: Version) -> str:
    names = version.attachments.order_by("position").values_list("name", flat=True)
    return "、".join(names) or words.value("files", "")
