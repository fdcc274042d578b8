"""The WSGI entry point: `gongkai.project.wsgi:application`.

A request meets the page cache first, on the server's own thread, and only what that cannot answer
takes a seat (intake.py).
"""

import gc
import os
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models import Max
from django.urls import get_resolver

from gongkai.project import parentage, visits_kept
from gongkai.project.generation import Generation
from gongkai.project.intake import Application, Intake
from gongkai.project.page_cache import PageCache
from gongkai.project.page_key import Cookies
from gongkai.project.page_store import Store

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")


def _newest() -> int:
    from gongkai.publishing.search.models import Outbox  # noqa: PLC0415  needs Django set up

    newest: int | None = Outbox.objects.aggregate(newest=Max("sequence"))["newest"]
    return newest or 0


def _keep_visits(counted: Mapping[str, int], on: date) -> None:
    from gongkai.publishing.publication.visiting import keep  # noqa: PLC0415  as above

    keep(counted, on)


def _kept(behind: Application) -> Application:
    """With the page cache in front, if the installation gives it memory."""
    if settings.DEBUG or not settings.PAGE_CACHE:
        return behind
    generation = Generation(_newest, recover=connection.close)
    generation.watch()
    return PageCache(
        behind,
        store=Store(settings.PAGE_CACHE),
        generation=generation,
        cookies=Cookies(settings.PERSONAL_COOKIES, settings.PAGE_CHOICES),
        forwarded=bool(settings.TRUSTED_PROXIES),
    )


def _freeze() -> None:
    """What is imported stays: the collector of cycles need not look through it again (ADR 0051)."""
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()


application = _kept(Intake(get_wsgi_application(), limit=settings.BODY_LIMIT))
visits_kept.start(_keep_visits)
parentage.end_with_parent()
_freeze()
