"""Settings under which tests run: a home of their own, plain HTTP, quick passwords."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="gongkai-tests-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["GONGKAI_HOME"] = _HOME
os.environ["GONGKAI_HTTPS"] = "0"
for _name in ("GONGKAI_DEBUG", "GONGKAI_ALLOWED_HOSTS", "GONGKAI_TRUSTED_PROXIES"):
    os.environ.pop(_name, None)
# An installation's own database is never touched, whatever the shell names.
os.environ["GONGKAI_DATABASE_URL"] = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")

from gongkai.project.settings import *  # noqa: E402, F403

STATIC_ROOT.mkdir()  # noqa: F405
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
