"""Bring the content files of the library and the plans into the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from library.search.synonyms import read_synonyms
from library.services.content import ContentError, load_library
from library.services.search_index import rebuild
from plans.manuscript import ContentError as PlanError
from plans.services.content import load_plans


class Command(BaseCommand):
    help = (
        "Load library/content and plans/content. What is already in the database stays as editors left it; "
        "--overwrite brings back the text of the files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--overwrite", action="store_true", help="Let the files win over the database.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            read_synonyms()
            loaded = load_library(overwrite=options["overwrite"])
            load_plans()
        except (ContentError, PlanError) as error:
            raise CommandError(str(error)) from error
        rebuild()
        self.stdout.write(f"The library is loaded ({loaded.written} articles written).")
