"""What an agency sets in days and years lies within bounds; what was set beyond them is brought to
the nearest. Nothing is forgotten on the day a case is closed, and nothing is kept for good
(个人信息保护法第十九条)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models
from django.db.models import Q

FIELDS = {
    "unconfirmed_days": (5, (1, 20), None),
    "correction_days": (15, (1, 60), "补正期限（工作日）"),
    "keep_years": (10, (1, 100), "保管年限"),
    "keep_years_appealed": (30, (1, 100), "涉复议诉讼保管年限"),
}


def bring_within(apps, _editor):
    practices = apps.get_model("casework", "Practice").objects
    for name, (_, (least, most), _) in FIELDS.items():
        practices.filter(**{f"{name}__lt": least}).update(**{name: least})
        practices.filter(**{f"{name}__gt": most}).update(**{name: most})


def field(name):
    default, (least, most), words = FIELDS[name]
    validators = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(words, default=default, validators=validators)


class Migration(migrations.Migration):
    dependencies = [("casework", "0021_confirmation_record")]

    operations = [
        migrations.RunPython(bring_within, migrations.RunPython.noop),
        migrations.RemoveConstraint("practice", "practice_correction_days"),
        *(migrations.AlterField("practice", name, field(name)) for name in FIELDS),
        *(
            migrations.AddConstraint(
                "practice",
                models.CheckConstraint(
                    condition=Q((f"{name}__range", bounds)), name=f"practice_{name}"
                ),
            )
            for name, (_, bounds, _) in FIELDS.items()
        ),
    ]
