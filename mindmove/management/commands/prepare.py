"""`manage.py prepare`: everything that `make run` needs before it starts."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from library.models import Mechanism
from plans.models import PlanTemplate


class Command(BaseCommand):
    requires_system_checks = []  # the server checks when it starts, and a second start is quick
    help = "Migrate, load the library and the demo where they lack, and say how to look around."

    def handle(self, *args: Any, **options: Any) -> None:
        is_behind = _is_behind()
        if is_behind:
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0, interactive=False)
        # After an upgrade too: new entries come in, what editors wrote stays, and search knows all of it.
        if is_behind or not (Mechanism.objects.exists() and PlanTemplate.objects.exists()):
            self.stdout.write("Loading the library and the plans …")
            call_command("load_content", stdout=self.stdout)
        call_command("seed_demo", stdout=self.stdout)
        self.stdout.write("The site:        http://127.0.0.1:8000/")
        self.stdout.write("Mails it sends:  http://127.0.0.1:8000/dev/mailbox/")


def _is_behind() -> bool:
    """Whether migrations wait; asking costs a fraction of running `migrate` for nothing."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
