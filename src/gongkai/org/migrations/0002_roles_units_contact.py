import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

RENAMED = {"officer": "case_officer", "reviewer": "head"}
ROLES = [
    ("drafter", "拟稿人"),
    ("secrecy_reviewer", "保密审查人"),
    ("legality_reviewer", "合法性审核人"),
    ("signatory", "签发人"),
    ("head", "公开办负责人"),
    ("case_officer", "公开办经办人"),
    ("liaison_officer", "联络员"),
    ("supervisor", "主管部门"),
    ("administrator", "管理员"),
]


def rename(names):
    def run(apps, editor):
        membership = apps.get_model("org", "Membership")
        for before, after in names.items():
            membership.objects.filter(role=before).update(role=after)

    return run


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("membership", "membership_role_is_known"),
        migrations.AlterField(
            "membership",
            "role",
            models.CharField("角色", max_length=20, choices=ROLES),
        ),
        migrations.RunPython(
            rename(RENAMED), rename({after: before for before, after in RENAMED.items()})
        ),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=models.Q(role__in=[code for code, _ in ROLES]),
                name="membership_role_is_known",
            ),
        ),
    ]
