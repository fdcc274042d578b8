"""Clean-ups at the desk: begin, decide, close with a draft of the result."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.annual_report.speech import speech
from gongkai.desk.access import person, staff
from gongkai.desk.administering import PAGE_SIZE, given, paged
from gongkai.desk.agency_pages import ask, attempt, may, readable
from gongkai.desk.documents.reach import whole
from gongkai.desk.forms import ReasonForm
from gongkai.desk.register_forms import CampaignForm, CleanUpForm
from gongkai.org.models import Agency
from gongkai.publishing import actions, permissions
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register import campaigns
from gongkai.publishing.register.models import Campaign, CleanUp

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@staff
@require_safe
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """The clean-ups that take in the agency or any below it."""
    agency = readable(request, code)
    page = paged(campaigns.campaigns(agency), request.GET.get("page"))
    shown = {
        "tab": "campaigns",
        "agency": agency,
        "page": page,
        "rows": [(row, campaigns.progress(row)) for row in page],
        "may_start": may(request, permissions.REGISTER, agency),
    }
    return render(request, "desk/register/campaigns.html", shown)


@staff
@ASKED
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a clean-up of everything in force on a day."""
    agency = readable(request, code)
    ask(request, permissions.REGISTER, agency)
    form = CampaignForm(given(request), initial={"as_of": timezone.localdate()})
    if not agency.subordinates.exists():
        del form.fields["subtree"]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said, begun = form.cleaned_data, []
            status = attempt(
                form,
                lambda: begun.append(
                    actions.start_campaign(
                        person(request),
                        agency,
                        said["title"],
                        said["as_of"],
                        subtree=said.get("subtree", False),
                    )
                ),
            )
            if begun:
                messages.success(request, gettext("清理已开始，基准日有效的文件都列入了。"))
                return redirect("desk:campaign", code, begun[0].pk)
    shown = {"tab": "campaigns", "agency": agency, "form": form}
    return render(request, "desk/register/campaign_start.html", shown, status=status)


@staff
@ASKED
def one(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """The documents of a clean-up with what was decided; with POST, decide about those ticked."""
    agency, campaign = _held(request, code, key)
    form = CleanUpForm(given(request), initial={"decision": CleanUp.KEEP})
    status = 200
    if request.method == "POST":
        ask(request, permissions.REGISTER, campaign.agency)
        status = _decide(request, campaign, form)
        if not status:
            query = request.POST.get("query", "")[:200]
            return redirect(request.path + (f"?{query}" if query else ""))
    wanted = request.GET.get("decision")
    wanted = wanted if wanted in {"", *CleanUp.values} else None
    progress = campaigns.progress(campaign)
    shown = {
        "tab": "campaigns",
        "agency": agency,
        "campaign": campaign,
        "form": form,
        "progress": progress,
        "wanted": wanted,
        "chips": [
            (None, gettext("全部"), progress.total),
            ("", gettext("还没有意见"), progress.left),
            *((c.value, c.label, progress.by_decision[c.value]) for c in CleanUp),
        ],
        "page": paged(campaigns.decided(campaign, wanted), request.GET.get("page")),
        "may_decide": may(request, permissions.REGISTER, campaign.agency),
        "may_draft": may(request, permissions.DRAFT, campaign.agency),
        "was_public": bool(campaign.result and campaign.result.publications.exists()),
    }
    return render(request, "desk/register/campaign.html", shown, status=status)


def _decide(request: HttpRequest, campaign: Campaign, form: CleanUpForm) -> int:
    """Decide about the ticked documents, or about all that are left; 0 if it was done."""
    if not form.is_valid():
        return 422
    said = form.cleaned_data
    keys = (whole(text) for text in request.POST.getlist("document")[:PAGE_SIZE])
    ticked = [key for key in keys if key is not None]
    rest = request.POST.get("verb") == "rest"
    if not ticked and not rest:
        form.add_error(None, gettext("没有选中任何文件。请先在表格左侧打勾。"))
        return 422
    done: list[int] = []

    def act() -> None:
        if rest:
            done.append(actions.keep_the_rest(person(request), campaign, said["reason"]))
            return
        done.append(
            actions.decide_clean_up(
                person(request), campaign, ticked, said["decision"], said["reason"]
            )
        )

    status = attempt(form, act)
    if not status:
        words = ngettext("已记下 %(n)s 份的意见。", "已记下 %(n)s 份的意见。", done[0])
        messages.success(request, words % {"n": done[0]})
    return status


@staff
@require_POST
def close(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Close the clean-up and begin the document that publishes its result."""
    _, campaign = _held(request, code, key)
    try:
        actions.draft_result(person(request), campaign)
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        messages.error(request, refused.message(speech()))
    else:
        words = gettext("清理已结束，结果公告的草稿已经起草。走完审核并公布以后，清理意见才生效。")
        messages.success(request, words)
    return redirect("desk:campaign", code, key)


@staff
@ASKED
def reopen(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Let decisions be changed again, as long as the result was never public."""
    agency, campaign = _held(request, code, key)
    ask(request, permissions.REGISTER, campaign.agency)
    form = ReasonForm(given(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            why = form.cleaned_data["reason"]
            status = attempt(form, lambda: actions.reopen_campaign(person(request), campaign, why))
            if not status:
                messages.success(request, gettext("清理已重新打开。"))
                return redirect("desk:campaign", code, key)
    shown = {"tab": "campaigns", "agency": agency, "campaign": campaign, "form": form}
    return render(request, "desk/register/campaign_reopen.html", shown, status=status)


def _held(request: HttpRequest, code: str, key: int) -> tuple[Agency, Campaign]:
    agency = readable(request, code)
    campaign = campaigns.campaigns(agency).filter(pk=key).first()
    if campaign is None:
        raise Http404("no such clean-up")
    return agency, campaign
