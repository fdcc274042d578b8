from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgConfig(AppConfig):
    name = "gongkai.org"
    label = "org"
    verbose_name = _("机关")
    default_auto_field = "django.db.models.BigAutoField"
