"""What was looked for, and who met about the case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import SearchRecord
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, on_case
from gongkai.desk.cases.acting.forms import CaseForm
from gongkai.org.models import User


class SearchForm(CaseForm):
    """Where was looked, how, by whom, with which result."""

    searched_on = fields.day(gettext_lazy("检索日期"))
    places = fields.text(gettext_lazy("检索的部门、档案和系统"), rows=2)
    words = fields.text(gettext_lazy("检索用词和范围"), rows=2)
    result = fields.text(gettext_lazy("检索结果"), rows=3)
    found = fields.yes(gettext_lazy("检索到相关信息"))
    searcher = fields.line(gettext_lazy("检索人员"), max_length=100)
    archive_reply = fields.text(gettext_lazy("档案机构回复"), rows=2, required=False)


class ConferForm(CaseForm):
    """Who met, and what they found."""

    participants = fields.text(gettext_lazy("参加单位和人员"), rows=2)
    note = fields.text(gettext_lazy("会商意见"))
    on = fields.day(gettext_lazy("会商日期"))


def _search(user: User, case: Case, _of: object, said: Given) -> SearchRecord:
    return actions.record_search(user, case, actions.Search(**said))


ASKED = (
    Asking(
        "record_search",
        gettext_lazy("登记检索"),
        SearchForm,
        _search,
        gettext_lazy("已登记。"),
        gettext_lazy("答复信息不存在的，要能证明已经合理检索。"),
    ),
    Asking(
        "confer",
        gettext_lazy("登记会商"),
        ConferForm,
        on_case(actions.confer),
        gettext_lazy("已登记。"),
    ),
)
