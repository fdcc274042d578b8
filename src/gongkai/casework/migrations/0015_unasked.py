"""A third party that could not or need not be asked, with the reasons."""

from django.db import migrations, models
from django.db.models import Q

OPINIONS = [
    ("pending", "尚未回复"),
    ("consent", "同意公开"),
    ("objection", "不同意公开"),
    ("partial", "同意部分公开"),
    ("silence", "逾期未回复"),
    ("unasked", "没有征求"),
]


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_round")]

    operations = [
        migrations.AlterField(
            model_name="consultation",
            name="opinion",
            field=models.CharField(
                choices=OPINIONS, default="pending", max_length=10, verbose_name="意见"
            ),
        ),
        migrations.RemoveConstraint(model_name="consultation", name="consultation_opinion"),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=Q(opinion__in=[code for code, _ in OPINIONS]),
                name="consultation_opinion",
            ),
        ),
    ]
