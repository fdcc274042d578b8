"""Cases of older ledgers: each comes in once."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_notice")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="old_number",
            # Nullable, so that SQLite adds it to the table instead of making the table anew,
            # which would take its guards away.
            field=models.CharField(
                editable=False, max_length=80, null=True, verbose_name="原登记号"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="migrated",
            field=models.CharField(
                editable=False, max_length=100, null=True, verbose_name="迁移批次"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=Q(old_number__isnull=False),
                fields=("agency", "old_number"),
                name="case_migrated_once",
            ),
        ),
    ]
