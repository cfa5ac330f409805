"""`manage.py library_dump FOLDER`: the library as readable files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from library.services.content import dump_library


class Command(BaseCommand):
    help = "Write the library of the database as content files, which library_load reads back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        count = dump_library(options["folder"])
        self.stdout.write(f"{count} files written to {options['folder']}.")
