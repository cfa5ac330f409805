"""What the type checker reads: without modeltranslation, which swaps managers for ones it cannot follow."""

from mindmove.settings.test import *
from mindmove.settings.test import INSTALLED_APPS

INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "modeltranslation"]
