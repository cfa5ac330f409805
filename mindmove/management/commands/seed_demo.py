"""`manage.py seed_demo`: a community to look around in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import clock
from mindmove import demo


class Command(BaseCommand):
    help = "Make the demo community unless it is there, and print its sign-ins. For development only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVTOOLS:
            raise CommandError("The demo's password is known to everybody, so it is made in development only.")
        is_new = demo.seed(now=clock.now())
        self.stdout.write("The demo community is ready." if is_new else "The demo community is here already.")
        width = max(len(person.email) for person in demo.sign_ins())
        self.stdout.write(f"Sign in with the password {demo.PASSWORD} as")
        for person in demo.sign_ins():
            self.stdout.write(f"  {person.email:<{width}}  {person.who}")
