"""Everything sealed is sealed anew under a new key, after which the old key may go.

It may be interrupted at any moment and begun again: what is under the new key already is passed
over, and the old key goes only when a whole pass has found nothing else.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.apps import apps
from django.db import models, transaction

from gongkai import files
from gongkai.casework.application import sealing
from gongkai.casework.application.models import Enclosure
from gongkai.casework.decision.models import Provided
from gongkai.casework.letter.models import Letter

BATCH = 200
FILES: tuple[tuple[type[models.Model], str], ...] = (
    (Enclosure, "sha256"),
    (Provided, "sha256"),
    (Letter, "pdf"),
    (Letter, "word"),
)
"""Columns that name sealed bytes on the disk."""

Tell = Callable[[int], None]


def rotate(tell: Tell = lambda _: None) -> int:
    """Add a key, seal everything anew with it, drop the others; how many values were sealed.

    Goes on with a rotation that was interrupted. `tell` is given the count as it grows. Raises
    SealBrokenError for what no key opens; then no key is dropped.
    """
    if sealing.keys() < 2:
        sealing.add_key()
    total = 0
    while changed := _pass(total, tell):
        total += changed
    sealing.drop_old_keys()
    return total


def _pass(before: int, tell: Tell) -> int:
    """One time through everything; how much was not under the new key yet."""
    changed = 0
    for one in (*_in_rows(), *_in_files()):
        changed += one
        if one:
            tell(before + changed)
    return changed


def _in_rows() -> Iterator[int]:
    for model, field in sealed_fields():
        for pk in _keys(model):
            yield _row(model, field, pk)


def sealed_fields() -> list[tuple[type[models.Model], str]]:
    """Every column of every table that holds sealed bytes."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.BinaryField) and field.name.startswith("sealed")
    ]


def _rows(model: type[models.Model]) -> models.QuerySet[models.Model]:
    return models.QuerySet(model)


def _keys(model: type[models.Model]) -> Iterator[int]:
    last = 0
    while True:
        rows = _rows(model).filter(pk__gt=last).order_by("pk")
        batch = list(rows.values_list("pk", flat=True)[:BATCH])
        if not batch:
            return
        yield from batch
        last = batch[-1]


@transaction.atomic
def _row(model: type[models.Model], field: str, pk: int) -> int:
    """The row is locked, so that nobody's change of the person meanwhile is undone."""
    rows = _rows(model).filter(pk=pk)
    sealed = rows.select_for_update().values_list(field, flat=True).first()
    if not sealed or sealing.is_fresh(sealed):
        return 0
    return rows.update(**{field: sealing.sealed_anew(sealed)})


def _in_files() -> Iterator[int]:
    for model, column in FILES:
        for pk in _keys(model):
            sha256 = _rows(model).filter(pk=pk).values_list(column, flat=True).first()
            if sha256 and files.place(sha256).exists():
                yield _file(files.place(sha256))


def _file(path: Path) -> int:
    """Sealed anew in its place: its name remains that under which its row knows it."""
    sealed = path.read_bytes()
    if sealing.is_fresh(sealed):
        return 0
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealing.sealed_anew(sealed))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return 1
