"""What the type checker reads: without modeltranslation, which swaps managers for ones it cannot follow."""

from mindmove.settings.test import *
from mindmove.settings.test import INSTALLED_APPS

SIMPLER = {"django.contrib.admin": "django.contrib.admin.apps.SimpleAdminConfig"}  # loads no admin modules
INSTALLED_APPS = [SIMPLER.get(app, app) for app in INSTALLED_APPS if app != "modeltranslation"]
