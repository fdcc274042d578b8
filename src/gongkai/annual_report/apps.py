from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnualReportConfig(AppConfig):
    name = "gongkai.annual_report"
    label = "annual_report"
    verbose_name = _("年度报告")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("gongkai.annual_report.permissions")
        checks = import_module("gongkai.trail.checks")
        checks.register(import_module("gongkai.annual_report.integrity").faults)
        files = import_module("gongkai.files")
        files.register(import_module("gongkai.annual_report.files").held)
