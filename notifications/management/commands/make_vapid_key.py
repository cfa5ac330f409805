"""`manage.py make_vapid_key`: print a fresh key for Web Push."""

from typing import Any

from django.core.management.base import BaseCommand

from notifications.push.vapid import new_private_key


class Command(BaseCommand):
    help = "Print a private key for Web Push, for VAPID_PRIVATE_KEY. It ends every subscription made with an older one."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(new_private_key())
