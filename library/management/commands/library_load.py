"""`manage.py library_load FOLDER`: files into the library, which win over what the database has."""

from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from library.services.content import ContentError, Loaded, load_library
from library.services.search_index import rebuild


class Command(BaseCommand):
    help = "Load content files. What they say wins; what they do not name stays. All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what would change.")

    def handle(self, *args: Any, **options: Any) -> None:
        began = perf_counter()
        try:
            loaded = load_library(folder=options["folder"], overwrite=True, dry_run=options["dry_run"])
        except ContentError as error:
            raise CommandError(str(error)) from error
        if not options["dry_run"]:
            rebuild()
        self._say(loaded)
        would = "Nothing was written" if options["dry_run"] else "Loaded"
        self.stdout.write(f"{would}; it took {perf_counter() - began:.1f} s.")

    def _say(self, loaded: Loaded) -> None:
        for change in loaded.added:
            self.stdout.write(f"added      {change.address}")
        for change in loaded.changed:
            self.stdout.write(f"changed    {change.address}: {', '.join(change.parts)}")
        for kind, count in loaded.unchanged.items():
            self.stdout.write(f"unchanged  {kind}: {count}")
