"""Write the API's document to `docs/openapi.json`."""

from typing import Any

from django.core.management.base import BaseCommand

from mindmove import openapi


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        openapi.FILE.write_text(openapi.as_text(openapi.made()))
        print(f"{openapi.FILE.name}: {openapi.FILE.stat().st_size // 1024} KB")
