"""Print a first entry for every column that docs/data-register.yaml lacks; review each before committing it."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.test")

import django

django.setup()

from django.apps import apps

from tests.quality.test_data_register import columns, registered

known = registered()
for model in apps.get_models(include_auto_created=True):
    label = model._meta.label
    missing = [c.removeprefix(f"{label}.") for c in sorted(columns()) if c.startswith(f"{label}.") and c not in known]
    if missing:
        print(f"{label}:")
        for column in missing:
            print(f"  {column}: private exported erased never-logged")
