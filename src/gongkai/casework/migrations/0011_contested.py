"""What is contested where it is no case here, when an order about it was carried out, and that a
suit has one next instance."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_calendar_feed")]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="contested_number",
            field=models.CharField(
                blank=True, default="", max_length=120, verbose_name="被诉行为的文号"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appeal",
            name="contested_on",
            field=models.DateField(blank=True, null=True, verbose_name="被诉行为的日期"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="contested_ground",
            field=models.CharField(
                blank=True, default="", max_length=200, verbose_name="被诉行为的依据"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appeal",
            name="redone_on",
            field=models.DateField(blank=True, null=True, verbose_name="重新作出的日期"),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("follows__isnull", False)),
                fields=("follows",),
                name="one_next_instance_a_suit",
            ),
        ),
    ]
