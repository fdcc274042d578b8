from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annual_report", "0007_reminder_mail")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="note",
            field=models.TextField(blank=True, default="", verbose_name="通过时的说明"),
        ),
        migrations.AddField(
            model_name="submission",
            name="known",
            field=models.JSONField(blank=True, null=True, verbose_name="通过时已知的问题"),
        ),
    ]
