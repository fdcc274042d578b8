"""What comes from the clipboard, cleaned, with word of what was left out."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.desk.access import person, staff
from gongkai.desk.documents.reach import writes_for
from gongkai.publishing.document.pasted import PICTURE_LOST, cleaned_paste
from gongkai.publishing.document.rich_text import BodyTooLongError
from gongkai.publishing.refusal import NotAllowedError

_LOOKS = re.compile(r"""\s(?:style|class|lang|face|color|size)\s*=\s*["'\w]""", re.IGNORECASE)
_REVISIONS = re.compile(r"<del\b|mso-comment-reference|class=[\"']?MsoDel", re.IGNORECASE)
_SCRIPTS = re.compile(r"<(?:script|iframe|object|embed|form)\b|\son\w+\s*=", re.IGNORECASE)


@staff
@require_http_methods(["POST"])
def paste(request: HttpRequest) -> HttpResponse:
    """Clean what was pasted; it is not stored."""
    if not writes_for(person(request)).exists():
        raise NotAllowedError("role")
    source = request.POST.get("html") or request.POST.get("text", "")
    try:
        cleaned = cleaned_paste(source)
    except BodyTooLongError:
        why = gettext("粘贴的内容太长。请分几次粘贴，或作为附件上传。")
        return JsonResponse({"why": why}, status=422)
    return JsonResponse({"html": cleaned, "removed": removed(source, cleaned)})


def removed(source: str, cleaned: str) -> list[str]:
    """What of the clipboard is not in the cleaned text, in words."""
    counted = (
        (len(_LOOKS.findall(source)), gettext("排版代码 %(n)s 处")),
        (len(_REVISIONS.findall(source)), gettext("修订或批注 %(n)s 处")),
        (len(_SCRIPTS.findall(source)), gettext("脚本或表单 %(n)s 处")),
        (cleaned.count(PICTURE_LOST), gettext("图片 %(n)s 张（请作为附件上传）")),
    )
    return [words % {"n": number} for number, words in counted if number]
