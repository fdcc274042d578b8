"""An answer may be undone and the case decided anew: facts and fees carry their round."""

from django.db import migrations, models
from django.db.models import Q

from gongkai.trail.guard import by_vendor

KINDS = [
    ("received", "收到申请"),
    ("ordered_anew", "收到责令重新作出的决定、裁判"),
    ("taken_up_anew", "自行纠正，重新办理"),
    ("reasons_requested", "要求说明理由"),
    ("reasons_given", "申请人说明理由"),
    ("correction_requested", "告知补正"),
    ("corrected", "收到补正"),
    ("consultation_sent", "发出征求意见书"),
    ("consultation_delivered", "征求意见书送达"),
    ("consultation_answered", "收到意见"),
    ("extended", "延长期限"),
    ("fee_notified", "发出收费通知"),
    ("paid", "缴费"),
    ("delayed", "确定延迟答复的期限"),
    ("withdrawn", "申请人撤回"),
    ("answered", "作出答复"),
]
ONCE = ["received", "ordered_anew", "taken_up_anew", "extended", "withdrawn", "answered"]
FIXED = "a fact stays in its round"
SQLITE = f"""CREATE TRIGGER gongkai_fact_round BEFORE UPDATE ON casework_fact
    WHEN OLD.round IS NOT NEW.round BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"""
POSTGRESQL = f"""CREATE TRIGGER gongkai_fact_round BEFORE UPDATE ON casework_fact
    FOR EACH ROW WHEN (OLD.round IS DISTINCT FROM NEW.round)
    EXECUTE FUNCTION gongkai_refuse('{FIXED}')"""

guards: list[str] = []


def keep(_apps, editor):
    """SQLite makes the table anew, which takes its guards away."""
    guards.clear()
    if editor.connection.vendor == "sqlite":
        with editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                ["casework_fact"],
            )
            guards.extend(sql for (sql,) in cursor.fetchall())


def put_back(_apps, editor):
    for guard in guards:
        editor.execute(guard, params=None)


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_forgetting_guard")]

    operations = [
        migrations.RunPython(keep, put_back),
        migrations.RemoveConstraint("fact", "fact_that_happens_once"),
        migrations.RemoveConstraint("fact", "fact_kind"),
        migrations.AddField(
            "fact",
            "round",
            models.PositiveSmallIntegerField(default=1, verbose_name="办理轮次"),
        ),
        migrations.AlterField(
            "fact",
            "kind",
            models.CharField(choices=KINDS, max_length=24, verbose_name="事项"),
        ),
        migrations.AddConstraint(
            "fact",
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in KINDS]), name="fact_kind"
            ),
        ),
        migrations.AddConstraint(
            "fact",
            models.UniqueConstraint(
                condition=Q(struck_at__isnull=True, kind__in=ONCE),
                fields=("case", "kind", "round"),
                name="fact_that_happens_once_a_round",
            ),
        ),
        migrations.RunPython(put_back, keep),
        by_vendor(
            sqlite=[SQLITE],
            postgresql=[POSTGRESQL],
            undo={
                "sqlite": ["DROP TRIGGER gongkai_fact_round"],
                "postgresql": ["DROP TRIGGER gongkai_fact_round ON casework_fact"],
            },
        ),
        migrations.RemoveConstraint("charge", "one_charge_a_case"),
        migrations.AddField(
            "charge",
            "round",
            models.PositiveSmallIntegerField(default=1, verbose_name="办理轮次"),
        ),
        migrations.AddConstraint(
            "charge",
            models.UniqueConstraint(
                condition=Q(waived_reason=""),
                fields=("case", "round"),
                name="one_charge_a_round",
            ),
        ),
    ]
