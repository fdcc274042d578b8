"""法定主动公开内容: the tree of articles 20 and 21 with counts, then the list under an item."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from gongkai.org.models import Agency
from gongkai.portal import counts, wording
from gongkai.portal.listing import PARAMETERS, Wish, days, listed
from gongkai.portal.pages import passing, public_page
from gongkai.portal.sections.agencies import the_agency
from gongkai.portal.sections.fixed import frame
from gongkai.portal.sections.tree import own_items, tree
from gongkai.publishing.catalogue.models import CatalogueItem

MOST_YEARS = 15


@dataclass(frozen=True, slots=True)
class Link:
    """A choice: its label, where it leads, whether it is the present one."""

    label: str
    url: str
    current: bool = False


@public_page(*PARAMETERS)
def catalogue(request: HttpRequest, code: str = "") -> HttpResponse:
    """The catalogue of an agency, or of the whole jurisdiction."""
    agency = the_agency(code) if code else None
    wish = Wish.read(request.GET, agency)
    if wish.item and wish.item not in wording.items():
        raise Http404(gettext("没有这个法定公开事项。"))
    has_below = agency is not None and agency.subordinates.exists()
    found = counts.counted(agency, below=wish.below or not has_below)
    today = timezone.localdate()
    own = own_items(agency, today) if agency else []
    page = listed(wish)
    context = frame(request, "catalogue", agency) | {
        "wish": wish,
        "tree": tree(found, agency, today),
        "own": own,
        "matter": _matter(own, wish),
        "total": found.total,
        "has_below": has_below,
        "page": page,
        "scopes": _scopes(wish) if has_below else [],
        "years": _years(wish),
        "orders": _orders(wish),
        "older": _address(wish, after=str(page.after)) if page.after else "",
        "newer": _address(wish, before=str(page.before)) if page.before else "",
        "all": _address(Wish(agency=agency, below=wish.below)),
        "search": _search(wish),
        "feed": _feed(wish),
    }
    response = render(request, "portal/sections/catalogue.html", context)
    return response if found.settled else passing(response)


def _matter(own: list[CatalogueItem], wish: Wish) -> CatalogueItem | None:
    return next((item for item in own if item.pk == wish.catalogue_item), None)


def _scopes(wish: Wish) -> list[Link]:
    """The agency alone, or with all below it."""
    return [
        Link(gettext("本机关"), _address(wish, below=""), not wish.below),
        Link(gettext("含下级机关"), _address(wish, below="1"), wish.below),
    ]


def _orders(wish: Wish) -> list[Link]:
    return [
        Link(gettext("最新在前"), _address(wish, sort=""), not wish.oldest_first),
        Link(gettext("最早在前"), _address(wish, sort="oldest"), wish.oldest_first),
    ]


def _years(wish: Wish) -> list[Link]:
    """The years of the list, found at its two ends."""
    ends = days(replace(wish, year=None))
    if ends is None or ends[0].year == ends[1].year:
        return []
    last = ends[1].year
    years = range(last, max(ends[0].year, last - MOST_YEARS) - 1, -1)
    links = [Link(str(year), _address(wish, year=str(year)), year == wish.year) for year in years]
    return [Link(gettext("全部年份"), _address(wish, year=""), wish.year is None), *links]


def _address(wish: Wish, **change: str) -> str:
    """The page with the same wish from its beginning, but for what changes."""
    asked = {
        "item": wish.item,
        "matter": str(wish.catalogue_item or ""),
        "year": str(wish.year or ""),
        "below": "1" if wish.below else "",
        "sort": "oldest" if wish.oldest_first else "",
    } | change
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{_path(wish.agency)}?{query}" if query else _path(wish.agency)


def _path(agency: Agency | None) -> str:
    if agency is None:
        return reverse("portal:catalogue")
    return reverse("portal:agency_catalogue", args=(agency.code,))


def _search(wish: Wish) -> str:
    """The same as a search, which knows more filters."""
    asked = {
        "agency": wish.agency.code if wish.agency else "",
        "item": wish.item,
        "year": str(wish.year or ""),
        "sort": "date",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('portal:search')}?{query}"


def _feed(wish: Wish) -> str:
    if wish.agency:
        return reverse("portal:agency_feed", args=(wish.agency.code,))
    if wish.item:
        return reverse("portal:item_feed", args=(wish.item,))
    return reverse("portal:feed")
