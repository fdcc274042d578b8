"""A site of one page made by Wagtail, in an environment of its own, served by granian as well."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.servers import Target, free_port, running

ENVIRONMENT = Path(__file__).parent / "out" / "wagtail"
MODELS = """
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    body = RichTextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
"""
TEMPLATE = """{% extends "base.html" %}
{% load wagtailcore_tags %}
{% block content %}<h1>{{ page.title }}</h1>{{ page.body|richtext }}{% endblock %}
"""
SETTINGS = """
from .base import *

DEBUG = False
SECRET_KEY = "for a bench alone"
ALLOWED_HOSTS = ["127.0.0.1"]
"""
FILL = """
import sys
from django.test import Client
from home.models import HomePage
page = HomePage.objects.first()
for length in range(2):
    missing = int(sys.argv[1]) - len(Client(headers={"host": "127.0.0.1"}).get("/").content)
    page.body += "<p>" + "字" * max(0, (missing - 7) // 3) + "</p>"
    page.save_revision().publish()
"""
SERVE = """
import sys
from granian.constants import Interfaces
from granian.server import Server
if __name__ == "__main__":
    Server("peer.wsgi:application", address="127.0.0.1", port=int(sys.argv[1]), workers=2,
           interface=Interfaces.WSGI, blocking_threads=4, log_level="warning").serve()
"""


@contextmanager
def wagtail(size: int, folder: Path) -> Iterator[Target]:
    """The site, its page about `size` bytes long."""
    python = _installed()
    folder.mkdir()
    _made(python, folder, size)
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    command: list[str | Path] = [python, folder / "serve.py", str(port)]
    settings = {"DJANGO_SETTINGS_MODULE": "peer.settings.bench", "PYTHONPATH": str(folder)}
    with running(command, folder / "log", address, **settings) as process:
        yield Target("wagtail", process, address)


def _installed() -> Path:
    python = ENVIRONMENT / "bin" / "python"
    if not (ENVIRONMENT / "bin" / "wagtail").exists():
        ENVIRONMENT.parent.mkdir(exist_ok=True)
        _run(Path(sys.executable), ENVIRONMENT.parent, "-m", "venv", str(ENVIRONMENT))
        _run(python, ENVIRONMENT.parent, "-m", "pip", "install", "-q", "wagtail", "granian")
    return python


def _made(python: Path, folder: Path, size: int) -> None:
    start = "import sys; from wagtail.bin.wagtail import main; main()"
    _run(python, folder, "-c", start, "start", "peer", ".")
    (folder / "home" / "models.py").write_text(MODELS)
    (folder / "home" / "templates" / "home" / "home_page.html").write_text(TEMPLATE)
    (folder / "peer" / "settings" / "bench.py").write_text(SETTINGS)
    (folder / "serve.py").write_text(SERVE)
    for command in (("makemigrations", "home"), ("migrate",), ("collectstatic", "--noinput")):
        _run(python, folder, "manage.py", *command)
    filling = f"import django; django.setup()\n{FILL}"
    _run(python, folder, "-c", filling, str(size))


def _run(python: Path, folder: Path, *arguments: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    done = subprocess.run(
        [python, *arguments],
        cwd=folder,
        env={**clean, "DJANGO_SETTINGS_MODULE": "peer.settings.bench"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)[:60]} failed:\n{done.stderr[-2000:]}")
