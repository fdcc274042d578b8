"""The WSGI entry point: `gongkai.project.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from gongkai.project.intake import Intake

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")

application = Intake(get_wsgi_application(), limit=settings.BODY_LIMIT)
