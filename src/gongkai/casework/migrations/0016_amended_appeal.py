"""An appeal entered wrongly is put right or struck out; a judgment may be tried anew; the words of
an appeal about no case go when its time is over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0015_unasked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="retrial",
            field=models.BooleanField(default=False, verbose_name="再审"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="struck_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="appeal",
            name="struck_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="struck_because",
            field=models.CharField(blank=True, default="", max_length=500, verbose_name="作废原因"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appeal",
            name="anonymised_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(model_name="appeal", name="one_next_instance_a_suit"),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                fields=["follows"],
                condition=Q(follows__isnull=False, struck_at__isnull=True),
                name="one_next_instance_a_suit",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_because="")
                | (Q(struck_at__isnull=False) & ~Q(struck_because="")),
                name="struck_appeal_has_its_reason",
            ),
        ),
        migrations.CreateModel(
            name="AppealAmendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("reason", models.CharField(max_length=500, verbose_name="更正理由")),
                ("at", models.DateTimeField()),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="casework.appeal",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "复议诉讼登记的更正",
                "verbose_name_plural": "复议诉讼登记的更正",
                "ordering": ["appeal", "id"],
            },
        ),
    ]
