"""Notices to applicants."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

STATES = ["waiting", "sent", "off", "no_address", "failed"]


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_seal")]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24, verbose_name="通知事项")),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("", "无"), ("email", "电子邮件"), ("sms", "短信")],
                        max_length=5,
                        verbose_name="发送方式",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待发送"),
                            ("sent", "已发送"),
                            ("off", "未设置发送方式"),
                            ("no_address", "没有联系方式"),
                            ("failed", "发送失败"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "通知",
                "verbose_name_plural": "通知",
                "ordering": ["case", "id"],
                "indexes": [
                    models.Index(
                        condition=Q(state="waiting"), fields=["next_at"], name="notice_to_be_sent"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(state__in=STATES), name="notice_state")
                ],
            },
        ),
    ]
