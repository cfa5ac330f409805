"""Say which check-in scales are on, and why others that are wanted are not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plans.scales.switched_on import faults, switched_on


class Command(BaseCommand):
    help = "List the check-in scales that people are offered; end with an error when a wanted one stays off."

    def handle(self, *args: Any, **options: Any) -> None:
        for questionnaire in switched_on().values():
            self.stdout.write(f"{questionnaire.scale.key}\ton\t{questionnaire.licence}\t{questionnaire.source}")
        for fault in faults():
            self.stdout.write(f"off\t{fault}")
        if faults():
            raise CommandError(f"{len(faults())} of the scales in CHECK_IN_SCALES stay off.")
        if not switched_on():
            self.stdout.write("No check-in is switched on (CHECK_IN_SCALES is empty).")
