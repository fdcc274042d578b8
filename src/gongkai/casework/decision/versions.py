"""Every content a decision had: what was written, handed in, checked and signed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.casework.decision.content import canonical, digest
from gongkai.casework.decision.models import Decision
from gongkai.casework.decision.queries import content_of, given_files
from gongkai.org.models import User


class DecisionVersion(models.Model):
    """What a decision said when it was saved, with the files given out; never changed.

    `content` is the canonical text of `decision.content`, `sha256` its digest, the same that
    checks and the signature name. When the time to keep the case is over the content goes and the
    digest stays. `by` is None for a copy that was made without a person.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("第几稿"))
    content = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("处理决定的稿本")
        verbose_name_plural = _("处理决定的稿本")
        ordering: ClassVar = ["decision", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "number"], name="decision_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.number}"


def keep(user: User | None, decision: Decision) -> DecisionVersion:
    """The version of what stands in the database now, made unless the last one says the same.

    Inside the caller's transaction, for a locked case.
    """
    content = canonical(content_of(decision), given_files(decision))
    sha256 = digest(content)
    last = decision.versions.order_by("-number").first()
    if last is not None and last.sha256 == sha256:
        return last
    return DecisionVersion.objects.create(
        decision=decision,
        number=last.number + 1 if last else 1,
        content=content,
        sha256=sha256,
        by=user,
        at=timezone.now(),
    )


def judged_before(user: User, decision: Decision) -> DecisionVersion | None:
    """The version from which the reviewer reads on: the one they judged last, else the one that
    was sent back last; None for a draft that nobody has judged."""
    checks = decision.checks.order_by("-id")
    last = checks.filter(by=user).first() or checks.filter(approved=False).first()
    if last is None:
        return None
    return decision.versions.filter(sha256=last.content_hash).order_by("-number").first()
