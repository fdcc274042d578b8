"""The record of how both sides confirmed receipt is a kind of its own (条例第三十一条).

Those made before stay with the material as which they were filed.
"""

from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("identity", "身份证明"),
    ("authority", "委托书"),
    ("application", "申请原件"),
    ("confirmation", "确认记录"),
    ("correction", "补正材料"),
    ("opinion", "征求意见回复"),
    ("proof", "送达凭证"),
    ("payment", "缴费凭证"),
    ("material", "办理材料"),
]


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_notice_sealed_to")]

    operations = [
        migrations.AlterField(
            model_name="enclosure",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12, verbose_name="种类"),
        ),
        migrations.RemoveConstraint(model_name="enclosure", name="enclosure_kind"),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(
                condition=Q(kind__in=[code for code, _ in KINDS]), name="enclosure_kind"
            ),
        ),
    ]
