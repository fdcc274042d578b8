"""Where everything is: the public pages at the root, the staff pages under /desk/, the API under
/api/."""

from __future__ import annotations

from django.urls import include, path

import gongkai.project.addresses  # noqa: F401  <number:…> is known before it is used

urlpatterns = [
    path("desk/", include("gongkai.desk.urls")),
    path("api/", include("gongkai.api.urls")),
    path("", include("gongkai.portal.urls")),
]
