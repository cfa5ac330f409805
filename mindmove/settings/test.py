"""The test suite: fast password hashing, mails in memory unless a test starts the SMTP sink."""

import tempfile
from pathlib import Path

from mindmove.settings.base import *
from mindmove.settings.base import BASE_DIR, CACHES, DATABASES
from mindmove.settings.celery import celery_settings

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEVTOOLS = True
PAGE_CACHE_SECONDS = 0  # tests change rows behind the site's back; those of the cache turn it on
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
VAR_DIR = Path(tempfile.mkdtemp(prefix="mindmove-test-"))
MEDIA_ROOT = VAR_DIR / "media"
VAPID_KEY_FILE = VAR_DIR / "vapid.key"
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # a file, so that other processes and threads can join in
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:  # no test cuts the power, so a commit need not wait for the disk; who reads it sees it just as soon
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
REDIS_URL = ""
API_LIMITS = {}  # tests of limits set some
globals().update(celery_settings(redis_url="", var_dir=VAR_DIR))
CHECK_IN_SCALES = ["who5", "phq8", "gad7"]
CHECK_IN_ITEMS_DIR = str(BASE_DIR / "tests" / "kit" / "check_ins")  # words of no scale
WHITENOISE_USE_FINDERS = True  # the live server of browser tests serves static files as they lie
WHITENOISE_AUTOREFRESH = True  # looked for when asked for: a list of all files for every client takes most of the time
