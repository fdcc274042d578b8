"""Requests of officers for more time, which the head grants or refuses."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def by_user(**more: Any) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_amended_appeal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExtensionRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="延长（工作日）")),
                ("why", models.CharField(max_length=20, verbose_name="为什么要延长")),
                ("asked_on", models.DateField(verbose_name="申请日期")),
                ("granted", models.BooleanField(null=True, verbose_name="是否同意")),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "refused_because",
                    models.CharField(blank=True, max_length=500, verbose_name="不同意的理由"),
                ),
                ("asked_by", by_user()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extension_requests",
                        to="casework.case",
                    ),
                ),
                ("settled_by", by_user(null=True)),
            ],
            options={
                "verbose_name": "延期申请",
                "verbose_name_plural": "延期申请",
                "ordering": ["case", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(granted__isnull=True),
                        fields=("case",),
                        name="one_extension_asked",
                    ),
                    models.CheckConstraint(
                        condition=Q(granted__isnull=True)
                        | Q(granted=True)
                        | (Q(granted=False) & ~Q(refused_because="")),
                        name="extension_refused_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=Q(granted__isnull=True, settled_at__isnull=True)
                        | Q(
                            granted__isnull=False,
                            settled_at__isnull=False,
                            settled_by__isnull=False,
                        ),
                        name="extension_settled_by_somebody",
                    ),
                ],
            },
        ),
    ]
