from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_submission")]

    operations = [
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                fields=[
                    "agency",
                    "case",
                    "year",
                    "kind",
                    "applicant_kind",
                    "sign",
                    "recorded_on",
                ],
                name="line_by_case",
            ),
        ),
    ]
