"""Who is told where they were reached before a change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0019_line_received")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="sealed_to",
            field=models.BinaryField(editable=False, null=True),
        ),
    ]
