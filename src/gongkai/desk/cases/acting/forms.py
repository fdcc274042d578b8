"""What many verbs of a case ask for: nothing, a day, a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.casework.application.models import Case
from gongkai.desk.cases import fields


class CaseForm(forms.Form):
    """A form about a case. Subclasses set what depends on it in `about`."""

    def __init__(self, *args: Any, case: Case, of: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.of = case, of
        self.about(case)

    def about(self, _case: Case, /) -> None:
        """Fill in what depends on the case."""


class NothingForm(CaseForm):
    """Nothing is asked: the button is enough."""


class OnForm(CaseForm):
    """The day on which it happened."""

    on = fields.day(gettext_lazy("日期"))


class ReasonForm(CaseForm):
    """The reason, which stays in the file."""

    reason = fields.text(gettext_lazy("理由"), help_text=gettext_lazy("记入案卷，不送给申请人。"))
