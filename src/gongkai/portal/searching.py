"""The search page, and what it suggests while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.law.kinds import kinds
from gongkai.org.models import Agency
from gongkai.portal import wording
from gongkai.portal.listing import year_in
from gongkai.portal.pages import SITE, passing
from gongkai.project.page_cache import visited
from gongkai.publishing.document.models import Validity
from gongkai.publishing.publication import queries
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.search import queries as search
from gongkai.publishing.search.queries import Hit, Query, Results, Sort

PAGE_SIZE = 10
LONGEST = 200
CHOICES = 8
"""Values of a filter shown at once; the others are folded away."""
MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A hit and its publication as it is now."""

    hit: Hit
    publication: Publication


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, how many hits it leaves, and the address that sets or clears it."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values, the most frequent first."""

    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]

    @property
    def chosen(self) -> bool:
        """Whether the question is narrowed by it."""
        return any(choice.chosen for choice in self.first)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What was found, by words and filters. Nothing one can type is an error.

    The index follows the database a moment later, so each hit is looked up there: what has been
    withdrawn meanwhile is not shown. For the same reason nobody keeps the page.
    """
    visited(request, SITE)
    number = _page_number(request.GET)
    asked = query(request.GET, number)
    context: dict[str, Any] = {
        "asked": asked,
        "narrowed": any(getattr(asked, name) for name in search.FILTERS),
        "sorts": _sorts(asked),
        "crumbs": [(reverse("portal:home"), gettext("首页")), ("", gettext("搜索"))],
        "unfiltered": address(Query(words=asked.words, sort=asked.sort)),
        "apply": _apply(asked),
    }
    try:
        results = search.search(asked)
    except search.Unavailable:
        response = render(
            request, "portal/search.html", context | {"unavailable": True}, status=503
        )
        response["Retry-After"] = "5"
        return passing(response)
    context |= {
        "total": results.total,
        "found": _still_public(results),
        "filters": _filters(asked, results.counts),
        **_paging(asked, results.total, number),
    }
    return passing(render(request, "portal/search.html", context))


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What may be meant by what was typed so far, as JSON; nothing where there is no index."""
    try:
        found = list(search.suggest(request.GET.get("q", "")[:LONGEST]))
    except search.Unavailable:
        found = []
    public = queries.public_titles({row.id for row in found if row.id is not None})
    return JsonResponse(
        {
            "suggestions": [
                {
                    "text": row.text,
                    "kind": row.kind.value,
                    "url": reverse("portal:document", args=(row.id,)) if row.id else "",
                }
                for row in found
                if row.id is None or row.id in public
            ]
        },
        headers={"Cache-Control": "no-store"},
    )


def query(given: QueryDict, number: int = 1) -> Query:
    """The question an address asks; what does not fit is left out."""
    validity = given.get("validity", "")
    kind = given.get("kind", "")
    item = given.get("item", "")
    agency = given.get("agency", "")[:40]
    return Query(
        words=" ".join(given.get("q", "")[:LONGEST].split()),
        agency=agency if agency and Agency.objects.filter(code=agency).exists() else "",
        year=year_in(given.get("year", "")),
        item=item if item in wording.items() else "",
        kind=kind if kind in {known.code for known in kinds()} else "",
        validity=validity if validity in Validity.values else "",
        sort=Sort.DATE if given.get("sort") == "date" else Sort.RELEVANCE,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )


def address(asked: Query, page_number: int = 1) -> str:
    """The address of the page that asks this."""
    pairs = {
        "q": asked.words,
        **{name: str(getattr(asked, name) or "") for name in search.FILTERS},
        "sort": "date" if asked.sort is Sort.DATE else "",
        "page": str(page_number) if page_number > 1 else "",
    }
    written = urlencode({name: value for name, value in pairs.items() if value})
    return f"{reverse('portal:search')}?{written}"


def _page_number(given: QueryDict) -> int:
    text = given.get("page", "")[:4]
    number = int(text) if text.isascii() and text.isdecimal() else 1
    return min(max(number, 1), search.DEEPEST // PAGE_SIZE)


def _paging(asked: Query, total: int, number: int) -> dict[str, Any]:
    last = max(1, -(-min(total, search.DEEPEST) // PAGE_SIZE))
    return {
        "number": number,
        "last": last,
        "previous": address(asked, min(number - 1, last)) if number > 1 else "",
        "next": address(asked, number + 1) if number < last else "",
    }


def _still_public(results: Results) -> list[Found]:
    titles = queries.public_titles({hit.id for hit in results.hits})
    return [Found(hit, titles[hit.id]) for hit in results.hits if hit.id in titles]


def _sorts(asked: Query) -> list[Choice]:
    labels = {Sort.RELEVANCE: gettext("按相关程度"), Sort.DATE: gettext("按发布日期")}
    return [
        Choice(label, 0, address(replace(asked, sort=sort)), asked.sort is sort)
        for sort, label in labels.items()
    ]


def _filters(asked: Query, counts: Mapping[str, Mapping[str, int]]) -> list[Filter]:
    names = _agencies(counts.get("agency", {}), asked.agency)
    labels: dict[str, tuple[str, Callable[[str], str]]] = {
        "agency": (gettext("机关"), lambda code: names.get(code, code)),
        "year": (gettext("发布年份"), str),
        "item": (gettext("法定公开事项"), wording.item_label),
        "kind": (gettext("体裁"), wording.kind_label),
        "validity": (gettext("有效性"), _validity),
    }
    filters = []
    for name, (label, words) in labels.items():
        values = counts.get(name, {})
        choices = [
            _choice(asked, name, value, words(value), values.get(value, 0))
            for value in _ordered(values, name, str(getattr(asked, name) or ""))
        ]
        if choices:
            filters.append(Filter(label, tuple(choices[:CHOICES]), tuple(choices[CHOICES:])))
    return filters


def _choice(asked: Query, name: str, value: str, label: str, count: int) -> Choice:
    chosen = value == str(getattr(asked, name) or "")
    changed: Any = "" if chosen else value
    if name == "year":
        changed = None if chosen else int(value)
    return Choice(label, count, address(replace(asked, **{name: changed})), chosen)


def _ordered(values: Mapping[str, int], name: str, chosen: str) -> list[str]:
    """What is chosen; then years from the newest, everything else from the most frequent."""
    known = [value for value in values if value and value != chosen]
    if name == "year":
        known.sort(reverse=True)
    else:
        known.sort(key=lambda value: (-values[value], value))
    return ([chosen] if chosen else []) + known[:MOST_CHOICES]


def _agencies(counts: Mapping[str, int], chosen: str) -> dict[str, str]:
    codes = sorted(counts, key=lambda code: (-counts[code], code))[: MOST_CHOICES + 1]
    rows = Agency.objects.filter(code__in=[chosen, *codes])
    return {row.code: row.short_name or row.label() for row in rows}


def _validity(value: str) -> str:
    return str(Validity(value).label) if value in Validity.values else value


def _apply(asked: Query) -> str:
    """Where one applies for what was not found, the words filled in."""
    along = {"agency": asked.agency, "words": asked.words}
    written = urlencode({name: value for name, value in along.items() if value})
    address = reverse("portal:apply_step", args=("description",))
    return f"{address}?{written}" if written else address
