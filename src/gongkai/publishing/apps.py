from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "gongkai.publishing"
    label = "publishing"
    verbose_name = _("信息发布")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("gongkai.publishing.permissions")
        files = import_module("gongkai.files")
        files.register(import_module("gongkai.publishing.document.attachments").held)
        checks = import_module("gongkai.trail.checks")
        checks.register(import_module("gongkai.publishing.publication.integrity").faults)
