"""Every content a decision had, and which decisions an agency has reviewed for legality."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0011_contested"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="第几稿")),
                ("content", models.TextField(blank=True, editable=False)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="casework.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "处理决定的稿本",
                "verbose_name_plural": "处理决定的稿本",
                "ordering": ["decision", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "number"), name="decision_version_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="practice",
            name="legality",
            field=models.CharField(
                choices=[
                    ("refusals", "部分公开、不予公开和不予处理的"),
                    ("always", "所有处理决定"),
                    ("never", "不审核"),
                ],
                default="refusals",
                max_length=8,
                verbose_name="合法性审核",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=Q(legality__in=["refusals", "always", "never"]),
                name="practice_legality",
            ),
        ),
    ]
