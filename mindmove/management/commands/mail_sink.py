"""`manage.py mail_sink`: a real SMTP server for development; mails are read at `/dev/mailbox/`."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mindmove.devtools import mail_files
from mindmove.standing_by import Rest

if TYPE_CHECKING:  # a requirement of development only
    from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Takes every message and keeps it as a file."""

    def __init__(self, say: Any) -> None:
        self.say = say

    async def handle_DATA(self, server: "SMTP", session: "Session", envelope: "Envelope") -> str:  # noqa: N802 - the library's name
        mail = mail_files.store(bytes(envelope.original_content or b""))
        self.say(f"{', '.join(envelope.rcpt_tos)}: {mail.subject}")
        return "250 2.0.0 Taken"


class Command(BaseCommand):
    help = "Receive mails over SMTP on this machine and keep them for /dev/mailbox/."

    def add_arguments(self, parser: CommandParser) -> None:
        options = settings.MAILERS["default"].get("OPTIONS", {})
        parser.add_argument("--port", type=int, default=options.get("port", 1025))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from aiosmtpd.controller import Controller  # noqa: PLC0415 - a requirement of development only
        except ImportError as error:
            raise CommandError("mail_sink needs aiosmtpd: install requirements-dev.txt.") from error
        controller = Controller(Mailbox(self.stdout.write), hostname="127.0.0.1", port=options["port"])
        try:
            controller.start()
        except OSError as error:
            raise CommandError(f"Port {options['port']} of 127.0.0.1 is taken.") from error
        rest = Rest.until_told()
        self.stdout.write(f"Mails are received on 127.0.0.1:{options['port']} and kept in {mail_files.folder()}.")
        rest.take()
        controller.stop()
