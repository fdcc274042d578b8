"""What a document has to do with others, told from its side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from gongkai.publishing.publication.models import Publication, Relation, RelationKind

FROM_SOURCE = {
    RelationKind.INTERPRETS: gettext_lazy("本文解读的文件"),
    RelationKind.IMPLEMENTS: gettext_lazy("本文贯彻落实的文件"),
    RelationKind.AMENDS: gettext_lazy("本文修改的文件"),
    RelationKind.REPEALS: gettext_lazy("本文废止的文件"),
}
FROM_TARGET = {
    RelationKind.INTERPRETS: gettext_lazy("对本文的解读"),
    RelationKind.IMPLEMENTS: gettext_lazy("贯彻落实本文的文件"),
    RelationKind.AMENDS: gettext_lazy("修改本文的文件"),
    RelationKind.REPEALS: gettext_lazy("废止本文的文件"),
}
SHOWN_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Related:
    """Another document, with the form of interpretation where it is one."""

    publication: Publication
    form: str


@dataclass(frozen=True, slots=True)
class Group:
    """Documents in the same relation; those in `rest` are folded away."""

    label: str
    first: tuple[Related, ...]
    rest: tuple[Related, ...]


def groups(
    out: Iterable[Relation], back: Iterable[Relation], titles: dict[int, Publication]
) -> list[Group]:
    """The relations by kind and side: interpretations of the document first."""
    by_side = [
        (FROM_TARGET, [(row, titles.get(row.source_id)) for row in back]),
        (FROM_SOURCE, [(row, titles.get(row.target_id)) for row in out]),
    ]
    found = []
    for labels, rows in by_side:
        for kind, label in labels.items():
            related = [
                Related(publication, row.get_form_display())
                for row, publication in rows
                if row.kind == kind and publication is not None
            ]
            if related:
                first, rest = related[:SHOWN_AT_ONCE], related[SHOWN_AT_ONCE:]
                found.append(Group(str(label), tuple(first), tuple(rest)))
    return found
