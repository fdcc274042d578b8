"""A decision taken back, and what follows an answer: closed, filed, counted, made public."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.decision.models import Provided
from gongkai.casework.decision.proposal import Proposal
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, on_case
from gongkai.desk.cases.acting.forms import CaseForm, NothingForm, ReasonForm
from gongkai.desk.cases.lacking import before_closing
from gongkai.law.grounds import grounds
from gongkai.law.outcomes import outcomes
from gongkai.org.models import User


class CorrectLineForm(ReasonForm):
    """What the case counts as, and when it was answered."""

    outcome = fields.choice(gettext_lazy("处理结果"), (), radio=False)
    ground = fields.choice(gettext_lazy("不予公开的依据"), (), radio=False, required=False)
    on = fields.day(gettext_lazy("答复日期"))
    field_order = ("outcome", "ground", "on", "reason")

    def about(self, case: Case, /) -> None:
        today = timezone.localdate()
        closing = [(o.code, o.words(speech())) for o in outcomes(on=today) if o.closes]
        named = [(g.code, g.words(speech())) for g in grounds(on=today)]
        self.fields["outcome"].choices = closing  # type: ignore[attr-defined]
        self.fields["ground"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        self.fields["outcome"].initial = case.outcome
        self.fields["on"].initial = case.answered_on


class CloseForm(CaseForm):
    """Why the case is closed before its answer has arrived; asked for, and needed, only then."""

    reason = fields.text(
        gettext_lazy("没有送达凭证仍然办结的理由"),
        rows=2,
        help_text=gettext_lazy(
            "能取得凭证的，先登记送达。理由随送达记录保存，在“文书”中可以看到。"
        ),
    )

    def about(self, case: Case, /) -> None:
        if case.stage != Stage.DISPATCHED:
            del self.fields["reason"]


class ProposeForm(CaseForm):
    """Which file, whether it becomes public, and why."""

    provided = fields.choice(gettext_lazy("提供过的文件"), (), radio=False)
    basis = fields.choice(
        gettext_lazy("评估的依据"),
        Proposal.Basis.choices,
        initial=Proposal.Basis.OWN,
        coerce=Proposal.Basis,
    )
    publish = fields.choice(
        gettext_lazy("评估意见"),
        [("yes", gettext_lazy("主动公开，建立草稿")), ("no", gettext_lazy("不公开"))],
        coerce=fields.is_yes,
    )
    reason = fields.text(
        gettext_lazy("理由"), rows=3, required=False, help_text=gettext_lazy("不公开的必须写明。")
    )

    def about(self, case: Case, /) -> None:
        rows = Provided.objects.filter(
            decision__case=case, decision__state="signed", proposals=None
        )
        named = [(str(row.pk), row.title) for row in rows]
        self.fields["provided"].choices = named  # type: ignore[attr-defined]


def _propose(user: User, case: Case, _of: object, said: Given) -> object:
    file = Provided.objects.filter(decision__case=case, pk=said["provided"]).first()
    if file is None:
        raise NotAllowedError("not_proposable")
    basis, reason = said["basis"], said["reason"]
    if said["publish"]:
        return actions.propose_publication(user, case, file, basis=basis, reason=reason)
    return actions.decline_publication(user, case, file, reason, basis=basis)


ASKED = (
    Asking(
        "recall",
        gettext_lazy("撤回送审"),
        NothingForm,
        on_case(actions.recall),
        gettext_lazy("已撤回，可以修改。"),
    ),
    Asking(
        "void",
        gettext_lazy("收回已签发的决定"),
        ReasonForm,
        on_case(actions.void),
        gettext_lazy("已收回，文书作废，文号不再使用。内容已成为新的草稿。"),
        danger=True,
    ),
    Asking(
        "close",
        gettext_lazy("办结"),
        CloseForm,
        on_case(actions.close),
        gettext_lazy("已办结。"),
        lacks=before_closing,
    ),
    Asking(
        "file",
        gettext_lazy("归档"),
        NothingForm,
        on_case(actions.file),
        gettext_lazy("已归档。"),
    ),
    Asking(
        "correct_line",
        gettext_lazy("更正台账"),
        CorrectLineForm,
        on_case(actions.correct_line),
        gettext_lazy("已更正。原记录保留，年报按更正后的计。"),
    ),
    Asking(
        "propose_publication",
        gettext_lazy("评估是否主动公开"),
        ProposeForm,
        _propose,
        gettext_lazy("已记录。决定公开的，已在“文件”中建了草稿，照常审核。"),
        gettext_lazy("公开后不出现申请人和申请内容（条例第四十四条）。"),
    ),
)
