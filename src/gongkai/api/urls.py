"""Addresses under /api/."""

from __future__ import annotations

from django.urls import path

from gongkai.api.page import documentation
from gongkai.api.service import api

urlpatterns = [
    path("", documentation, name="api"),
    path("v1/", api.urls),
]
