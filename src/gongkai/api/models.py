"""Tokens by which other systems write drafts, and the answers kept for requests sent twice."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.org.models import Agency


class Token(models.Model):
    """A key to one agency. Its holder acts with the roles `user` has there, and nowhere else.

    Only the SHA-256 of the secret is kept; `hint` is its beginning, by which people tell tokens
    apart. `last_used_on` is a day: more would be a record of when somebody works.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="tokens", verbose_name=_("机关")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="tokens",
        verbose_name=_("以谁的名义"),
    )
    name = models.CharField(_("用途"), max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("开头"), max_length=12)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("发放时间"))
    last_used_on = models.DateField(_("最近使用"), null=True)
    revoked_at = models.DateTimeField(_("停用时间"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="token_says_what_for"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.name}"


class Answer(models.Model):
    """What a request with that `Idempotency-Key` was answered, kept for a day.

    `request` is the SHA-256 of its method, address and body.
    """

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("已答复的请求")
        verbose_name_plural = _("已答复的请求")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "key"], name="answer_once_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.token} {self.key}"
