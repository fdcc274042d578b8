"""Mails to officers wait in an outbox until the server takes them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("due", "答复期限"),
    ("assignment", "交办期限"),
    ("handed_over", "移交经办人"),
]
STATES = [
    ("waiting", "待发送"),
    ("sent", "已发送"),
    ("no_address", "没有邮箱地址"),
    ("outdated", "不再需要"),
    ("failed", "发送失败"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0022_practice_bounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=KINDS, max_length=12, verbose_name="通知事项"),
                ),
                ("day", models.DateField(null=True, verbose_name="期限")),
                ("state", models.CharField(choices=STATES, max_length=10, verbose_name="状态")),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff_mails",
                        to="casework.case",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "工作邮件",
                "verbose_name_plural": "工作邮件",
                "ordering": ["case", "id"],
                "indexes": [
                    models.Index(
                        fields=["next_at"],
                        condition=Q(state="waiting"),
                        name="staff_mail_to_be_sent",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state__in=[code for code, _ in STATES]),
                        name="staff_mail_state",
                    ),
                    models.UniqueConstraint(
                        fields=["case", "kind", "to", "day"],
                        condition=Q(state="waiting"),
                        name="staff_mail_waits_once",
                    ),
                ],
            },
        ),
    ]
