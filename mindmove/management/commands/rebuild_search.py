"""`manage.py rebuild_search`: make the index of search again, from what is in the database."""

from typing import Any

from django.core.management.base import BaseCommand

from library.services.search_index import rebuild


class Command(BaseCommand):
    help = "Make the index of search again. The site may be in use meanwhile; `load_content` does this as well."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} documents can be found.")
