from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "gongkai.casework"
    label = "casework"
    verbose_name = _("依申请公开")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("gongkai.casework.permissions")
        files = import_module("gongkai.files")
        for room in ("application.enclosures", "decision.files", "letter.files"):
            files.register(import_module(f"gongkai.casework.{room}").held)
