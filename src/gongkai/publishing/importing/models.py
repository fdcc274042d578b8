"""Imports that were begun, and which of their rows are in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.document.models import Document


class Batch(models.Model):
    """One import. Run again over the same file by the same person it goes on where it stopped."""

    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("文件名"), max_length=255)
    mark = models.CharField(_("迁移批次"), max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("导入时间"))

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.name


class BatchRow(models.Model):
    """A row that is in, by the mark of its content, and the document it became."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    mark = models.CharField(max_length=32)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    related = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("导入的行")
        verbose_name_plural = _("导入的行")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "mark"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.mark[:8]}"
