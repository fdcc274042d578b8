"""Importing an older ledger: upload, say what the columns mean, see what would happen, confirm.

The file names applicants: whatever is kept of it until it is imported is sealed.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from gongkai import files
from gongkai.annual_report.speech import speech
from gongkai.casework.application.sealing import seal
from gongkai.casework.importing import outcomes, reading, running
from gongkai.casework.importing.problems import Problem
from gongkai.casework.importing.rejected import rejected as left_out
from gongkai.casework.importing.running import Outcome
from gongkai.casework.importing.template import template as empty
from gongkai.casework.permissions import IMPORTS, SEES_CASES
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import Page, person, staff
from gongkai.desk.administering import given as posted
from gongkai.desk.administering import paged
from gongkai.desk.agency_pages import excel
from gongkai.desk.cases.import_forms import LedgerForm, MappingForm
from gongkai.desk.cases.import_shelf import Held, Shelf
from gongkai.jobs.actions import place
from gongkai.jobs.models import Order
from gongkai.jobs.queries import Standing, standing
from gongkai.jobs.tasks import import_cases
from gongkai.org import queries as org
from gongkai.org.models import Agency, User

ASKED = require_http_methods(["GET", "HEAD", "POST"])
AT_ONCE = 200
"""Rows that are imported while the person waits; more are done in the background."""
LISTED = 500
"""Agencies a list to choose from still helps with."""
WORDS = {
    "no_headings": gettext_lazy(
        "没有认出表头。请在“列的对应”里指明哪一列是登记号、哪一列是申请内容，再看一次。"
    ),
    "no_column": gettext_lazy(
        "表里没有“{}”这一列。请在“列的对应”里指明一列，或者选一个全表相同的值；都没有的，请在表里加上。"
    ),
    "two_columns": gettext_lazy("有两列都像“{}”。请在“列的对应”里选定一列，另一列选“不读”。"),
}
"""Problems that are solved on this page, where the command names its options."""


def imports(request: HttpRequest) -> bool:
    """Whether there is any agency the person may import for."""
    return importable(person(request)).exists()


def importable(user: User) -> QuerySet[Agency]:
    """The agencies that still exist for which the person imports, as the command has it."""
    return org.agencies_of(user, IMPORTS).filter(active=True).order_by("path")


def importers(page: Page) -> Page:
    """A page for those who may import somewhere."""

    @staff
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not imports(request):
            raise NotAllowedError("role")
        return page(request, *args, **kwargs)

    return guarded


@importers
@ASKED
@sensitive_variables("data")
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for the file, try it, and lead to what would happen."""
    form = LedgerForm(posted(request), request.FILES or None)
    if request.method != "POST":
        return render(request, "desk/cases/import.html", {"form": form})
    if not form.is_valid():
        return render(request, "desk/cases/import.html", {"form": form}, status=422)
    file, user = form.cleaned_data["file"], person(request)
    shelf = Shelf(user, secrets.token_urlsafe(12))
    data = file.read()
    held = Held(str(file.name)[:200], form.cleaned_data["mark"].strip())
    shelf.put_file(data)
    shelf.put(_tried(user, held, data))
    return redirect("desk:cases_import_shown", shelf.token)


@importers
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook, with the agencies the person imports for to choose from."""
    names = [agency.name for agency in importable(person(request))]
    return excel(empty(timezone.localdate(), names), "ledger-template.xlsx")


@importers
@ASKED
def shown(request: HttpRequest, token: str) -> HttpResponse:
    """What would happen, how far it is, or what came of it; with POST, read the columns otherwise
    or carry it out."""
    user = person(request)
    shelf = Shelf(user, token)
    held = shelf.get()
    if held is None:
        return _gone(request)
    if request.method == "POST" and request.POST.get("what") == "columns":
        form = _mapping(user, held, request.POST)
        if not form.is_valid() or held.order or held.done:
            return _page(request, shelf, held, form, status=422)
        told = replace(held, told=form.told, given=form.given)
        shelf.put(_tried(user, told, shelf.file()))
        return redirect("desk:cases_import_shown", token)
    if request.method == "POST":
        _carry_out(user, shelf, held)
        return redirect("desk:cases_import_shown", token)
    return _page(request, shelf, held, _mapping(user, held, None))


@importers
@require_safe
@sensitive_variables("table", "outcome")
def rejected(request: HttpRequest, token: str) -> HttpResponse:
    """The rows that were or would be left out, as they came, each with what is wrong with it."""
    shelf = Shelf(person(request), token)
    held = shelf.get()
    if held is None:
        return _gone(request)
    outcome = _done(held, _progress(held)) or outcomes.unsealed(held.tried)
    table = reading.ledger(shelf.file(), held.name, held.told, held.given)
    return excel(left_out(table, outcome, speech()), "rows-to-correct.xlsx")


def _gone(request: HttpRequest) -> HttpResponse:
    messages.warning(request, gettext("这个文件放了超过一天，已经不在了。要导入请重新上传。"))
    return redirect("desk:cases_import")


def _page(
    request: HttpRequest, shelf: Shelf, held: Held, form: MappingForm, *, status: int = 200
) -> HttpResponse:
    progress = _progress(held)
    done = _done(held, progress)
    outcome = done or outcomes.unsealed(held.tried)
    if done and not done.left_out:
        shelf.drop_file()
    page = paged(outcome.problems, request.GET.get("page"))
    whole = [problem for problem in outcome.problems if not problem.row and not problem.is_note]
    shown = {
        "token": shelf.token,
        "held": held,
        "state": "done" if done else progress.state if progress else "tried",
        "progress": progress,
        "outcome": outcome,
        "form": form,
        "unread": bool(whole) or bool(form.errors),
        "unmatched": bool(whole and held.headings and not outcome.total),
        "page": page,
        "rows": [(p.row or "", p.column, words(p), p.is_note) for p in page],
        "sees_cases": org.agencies_of(person(request), SEES_CASES).exists(),
    }
    return render(request, "desk/cases/import_shown.html", shown, status=status)


def words(problem: Problem) -> str:
    """What is wrong and what to do on this page."""
    own = WORDS.get(problem.code)
    return str(own).format(problem.detail) if own else problem.message(speech())


def _progress(held: Held) -> Standing | None:
    """How far the import in the background is, where there is one."""
    order = Order.objects.filter(pk=held.order).first() if held.order else None
    return standing(order) if order else None


def _done(held: Held, progress: Standing | None) -> Outcome | None:
    """What came of the import, or None while nothing has."""
    left = progress.outcome if progress else None
    kept = str(left["sealed"]) if left else held.done
    return outcomes.unsealed(kept) if kept else None


def _mapping(user: User, held: Held, said: Any) -> MappingForm:
    return MappingForm(
        said,
        headings=held.headings,
        mapping=held.mapping,
        given=held.given,
        agencies=importable(user)[:LISTED],
    )


@sensitive_variables()
def _tried(user: User, held: Held, data: bytes) -> Held:
    """The same with what the import would do."""
    table = reading.ledger(data, held.name, held.told, held.given)
    outcome = outcomes.sealed(running.tried(user, table))
    return replace(held, mapping=dict(table.mapping), headings=tuple(table.headings), tried=outcome)


def _carry_out(user: User, shelf: Shelf, held: Held) -> None:
    """Import the file, once, however often that is asked for."""
    if not shelf.begin():
        return
    try:
        shelf.put(_carried_out(user, shelf, held))
    except BaseException:
        shelf.begin_again()
        raise


@sensitive_variables()
def _carried_out(user: User, shelf: Shelf, held: Held) -> Held:
    data = shelf.file()
    if outcomes.unsealed(held.tried).total > AT_ONCE:
        order = place(
            user,
            import_cases,
            title=f"{gettext('导入申请台账')} {held.mark}",
            sha256=files.keep(seal(data)),
            mark=held.mark,
            told=dict(held.told),
            given=dict(held.given),
        )
        return replace(held, order=order.pk)
    table = reading.ledger(data, held.name, held.told, held.given)
    done = running.run(user, table, held.mark, lambda _done, _total: None)
    return replace(held, done=outcomes.sealed(done))
