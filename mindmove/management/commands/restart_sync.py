"""`manage.py restart_sync`: let every device read from nothing, since what it was told may be of another database."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.services.sync import forget_shadows


class Command(BaseCommand):
    help = (
        "After a backup was restored: devices were told what this database no longer knows, and read anew from nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"The devices of {forget_shadows()} people will read anew.")
