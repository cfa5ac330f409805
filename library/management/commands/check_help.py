"""Alarm when somebody would be sent to a number that nobody has checked for half a year. For cron and monitoring."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from library.models import HelpLine


class Command(BaseCommand):
    help = "List help lines that were never checked, or not for 180 days; end with an error when there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        found = HelpLine.objects.doubtful(clock.now().date()).select_related("region").order_by("verified_on", "order")
        for line in found:
            place = line.region.code.upper() if line.region else "-"
            self.stdout.write(f"{place}\t{line.phone or line.url}\t{line.name}\tchecked: {line.verified_on or 'never'}")
        if found:
            raise CommandError(f"{len(found)} help lines need checking; do it in the admin under Help lines.")
        self.stdout.write("Every help line was checked in the last 180 days.")
