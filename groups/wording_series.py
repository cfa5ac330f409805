"""What became of the meetings of a series, as one says it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.services.following import Outcome


def said_of(outcome: Outcome) -> str:
    """Return e.g. `Saved. 4 meetings changed, every answer stays. 1 stays as it was.`"""
    parts = [_("Saved.")]
    if changed := len(outcome.changed):
        words = ngettext(
            "%(count)s meeting changed, every answer stays.", "%(count)s meetings changed, every answer stays.", changed
        )
        parts.append(words % {"count": changed})
    if kept := len(outcome.kept):
        words = ngettext("%(count)s stays as it was.", "%(count)s stay as they were.", kept)
        parts.append(words % {"count": kept})
    return " ".join(parts)
