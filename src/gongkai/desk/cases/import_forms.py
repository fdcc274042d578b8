"""What is asked for when an older ledger is imported: the file, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from gongkai.casework.application.models import ApplicantKind, Channel
from gongkai.casework.importing.columns import COLUMNS
from gongkai.desk.cases import fields
from gongkai.org.importing.sheets import LIMIT_BYTES
from gongkai.org.models import Agency

MARK = "旧台账"
IN_COLUMN = ("", gettext_lazy("按表里的列"))
NOT_READ = ("", gettext_lazy("不读"))
GIVEN = ("agency", "kind", "channel")
"""Fields that may be the same for the whole ledger, where it has no column for them."""


class LedgerForm(forms.Form):
    """The file, and what the migration is called."""

    file = forms.FileField(
        label=gettext_lazy("Excel 或者 CSV 文件"),
        help_text=gettext_lazy("不超过 20 MB。先看会发生什么，确认以后才导入。"),
        error_messages={
            "required": gettext_lazy("还没有选择文件。"),
            "empty": gettext_lazy("文件是空的。请先填表。"),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    mark = fields.line(
        gettext_lazy("迁移批次"),
        max_length=100,
        initial=MARK,
        help_text=gettext_lazy("记在每件申请上，以后知道它从哪里来。"),
    )

    def clean_file(self) -> Any:
        """A file that can be read at all."""
        file: Any = self.cleaned_data["file"]
        if file.size > LIMIT_BYTES:
            raise forms.ValidationError(gettext_lazy("文件超过 20 MB。请分成几个导入。"))
        return file


class MappingForm(forms.Form):
    """Which field each heading fills, and what is the same for all rows."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        mapping: Mapping[str, str],
        given: Mapping[str, str],
        agencies: QuerySet[Agency],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._headings = headings
        known = [(column.field, column.heading) for column in COLUMNS]
        by_heading = {heading: name for name, heading in mapping.items()}
        for place, heading in enumerate(headings):
            self.fields[f"column-{place}"] = fields.choice(
                heading,
                [NOT_READ, *known],
                required=False,
                radio=False,
                initial=by_heading.get(heading, ""),
            )
        places = [(agency.code, agency.label()) for agency in agencies]
        choices: dict[str, list[tuple[str, Any]]] = {
            "agency": places,
            "kind": list(ApplicantKind.choices),
            "channel": list(Channel.choices),
        }
        labels = {column.field: column.heading for column in COLUMNS}
        for name in GIVEN:
            self.fields[name] = fields.choice(
                labels[name],
                [IN_COLUMN, *choices[name]],
                required=False,
                radio=False,
                initial=given.get(name, ""),
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields that stand for a heading."""
        return [self[f"column-{place}"] for place in range(len(self._headings))]

    @property
    def constants(self) -> list[forms.BoundField]:
        """The fields that hold for all rows."""
        return [self[name] for name in GIVEN]

    def clean(self) -> dict[str, Any]:
        """No field is read from two columns."""
        said = super().clean() or {}
        seen: dict[str, str] = {}
        for place, heading in enumerate(self._headings):
            name = said.get(f"column-{place}", "")
            if name and name in seen:
                words = gettext_lazy("这一项已经由另一列填写，请只选一列。")
                self.add_error(f"column-{place}", words)
            elif name:
                seen[name] = heading
        return said

    @property
    def told(self) -> dict[str, str]:
        """By heading the field it fills, "" for one that is not read."""
        return {
            heading: self.cleaned_data[f"column-{place}"]
            for place, heading in enumerate(self._headings)
        }

    @property
    def given(self) -> dict[str, str]:
        """By field what it is in all rows."""
        return {name: self.cleaned_data[name] for name in GIVEN if self.cleaned_data[name]}
