"""A form sent twice is one application."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_guard")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="submission_key",
            field=models.CharField(editable=False, max_length=64, null=True),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=Q(submission_key__isnull=False),
                fields=("submission_key",),
                name="case_submitted_once",
            ),
        ),
    ]
