"""The answers of “Where do I start?” as one says them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mindmove.start.decision import Code, Portion, Reason


def why_in_words(reasons: Iterable[Reason]) -> list[str]:
    """Return one sentence a reason, in the language of the answer."""
    return [reason_in_words(reason) for reason in reasons]


def reason_in_words(reason: Reason) -> str:
    match reason.code:
        case Code.STARTS_SMALL:
            words = ngettext(
                "Its first steps take %(minutes)s minute at most.",
                "Its first steps take %(minutes)s minutes at most.",
                reason.minutes,
            )
            return words % {"minutes": reason.minutes}
        case Code.HAS_SMALL_VERSION:
            words = ngettext(
                "Every first step has a small version of %(minutes)s minute at most, and it counts.",
                "Every first step has a small version of %(minutes)s minutes at most, and it counts.",
                reason.minutes,
            )
            return words % {"minutes": reason.minutes}
        case Code.IS_GREETED:
            if not reason.name:
                return _("Somebody looks out for newcomers.")
            return _("%(name)s looks out for newcomers.") % {"name": reason.name}
        case _other:
            return str(_PLAIN[reason.code]())


_PLAIN = {
    Code.LEADS_TO_COMPANY: lambda: _("It leads to company, in steps that you can take back."),
    Code.WORKS_ALONE: lambda: _("You can do all of it on your own."),
    Code.FOR_ANY_NEED: lambda: _("A gentle beginning, whatever weighs on you."),
    Code.YOU_BELONG: lambda: _("You belong to this group already."),
    Code.IS_EASY: lambda: _("The effort is easy: you can talk all the way."),
    Code.SUITS_NEED: lambda: _("The kind of movement suits what weighs on you."),
    Code.IS_OPEN: lambda: _("It is open to everybody."),
}


def portion_in_words(portion: Portion) -> str:
    """Return what to do with less or more time than the first action takes, or nothing."""
    if portion == Portion.PART:
        return _("Less time than that? Do the first half and stop there. It counts.")
    if portion == Portion.LONGER:
        return _("With more time, go on at the same easy pace for as long as it feels right.")
    return ""
