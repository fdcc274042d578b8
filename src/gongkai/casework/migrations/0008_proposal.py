"""The digest of a file as it is given out, and what was evaluated for publication."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_old_ledger"),
        ("publishing", "0002_guard"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="provided",
            name="given_sha256",
            # Nullable, so that SQLite adds it to the table instead of making the table anew,
            # which would take its guards away.
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("several", "多个申请人就相同政府信息提出申请"),
                            ("suggested", "申请人建议"),
                            ("own", "本机关认为应当主动公开"),
                        ],
                        max_length=10,
                        verbose_name="评估的依据",
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=500, verbose_name="评估意见"),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="casework.case",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="publishing.document",
                    ),
                ),
                (
                    "provided",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="casework.provided",
                    ),
                ),
            ],
            options={
                "verbose_name": "转主动公开评估",
                "verbose_name_plural": "转主动公开评估",
                "ordering": ["case", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("provided",), name="proposal_once"),
                    models.CheckConstraint(
                        condition=Q(basis__in=["several", "suggested", "own"]),
                        name="proposal_basis",
                    ),
                    models.CheckConstraint(
                        condition=Q(document__isnull=False) | ~Q(reason=""),
                        name="proposal_declined_with_reason",
                    ),
                ],
            },
        ),
    ]
