"""What a report of a crash holds: the kind of the error and its place in the code.

Django's own holds what was sent, the variables of every frame and the words of the error, which a
database fills with the row it refused. `LOGGING` mails no reports; this holds for whoever turns that on.
"""

import traceback

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter


class KindAndPlace(ExceptionReporter):
    """Says what broke and where, never what somebody wrote. While debugging it is Django's own."""

    def get_traceback_text(self) -> SafeString:
        return super().get_traceback_text() if settings.DEBUG else SafeString(self._kind_and_place())

    def get_traceback_html(self) -> SafeString:
        shown = format_html("<pre>{}</pre>", self._kind_and_place())
        return super().get_traceback_html() if settings.DEBUG else shown

    def _kind_and_place(self) -> str:
        kind = getattr(self.exc_type, "__qualname__", "")
        frames = traceback.extract_tb(self.tb) if self.tb else []
        return "\n".join([kind, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)])
