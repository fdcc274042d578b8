"""How the columns of the site are kept up, as a live page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from gongkai.desk.access import staff
from gongkai.desk.administering import paged
from gongkai.desk.agency_pages import scope
from gongkai.publishing.catalogue.health import Check, Measure, health

WORDS: dict[Check, object] = {
    "home": gettext_lazy("首页不更新"),
    "stale": gettext_lazy("栏目不更新"),
    "neglected": gettext_lazy("应更新但长期未更新"),
    "blank": gettext_lazy("空白栏目"),
}


@staff
@require_safe
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """The columns of the agency, or of all below it too, held against what fails a site."""
    seen = scope(request, code)
    found = health(seen.agency, timezone.localdate(), subtree=seen.subtree)
    context = {
        "tab": "health",
        "scope": seen,
        "agency": seen.agency,
        "health": found,
        "measures": [
            (measure, WORDS[measure.check], _limit(measure)) for measure in found.measures
        ],
        "blank": paged(found.blank, request.GET.get("page")),
    }
    return render(request, "desk/catalogue/health.html", context)


def _limit(measure: Measure) -> str:
    if measure.check == "home":
        return gettext("两周没有更新，单项否决")
    return gettext("%(n)s 个以上，单项否决") % {"n": measure.limit}
