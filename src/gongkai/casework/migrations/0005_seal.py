"""Pictures of seals and signatures, and what the printed letter is recognised by."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_line_by_case"),
        ("org", "0003_agency_contact_units"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="paper_hash",
            # Nullable, so that SQLite adds it to the table instead of making the table anew,
            # which would take its guards away.
            field=models.CharField(editable=False, max_length=64, null=True),
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("seal", "印章"), ("signature", "签名章")],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("sealed", models.BinaryField()),
                (
                    "width",
                    models.DecimalField(
                        decimal_places=1, default=42.0, max_digits=4, verbose_name="宽度（毫米）"
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=60, verbose_name="签名人职务")),
                ("valid_from", models.DateField(verbose_name="启用日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("uploaded_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seals",
                        to="org.agency",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "印章",
                "verbose_name_plural": "印章",
                "ordering": ["agency", "kind", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until__isnull", True)),
                        fields=("agency", "kind"),
                        name="one_seal_in_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["seal", "signature"])),
                        name="seal_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="seal_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
