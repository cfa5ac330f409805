"""“Why is this my next step?” in one sentence."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.pace.position import Code, Position


def sentence(position: Position, *, with_numbers: bool = True) -> str:
    """Return why the offered step is the next one, in the language of the answer."""
    counted = _counted(position) if with_numbers and position.reason.total else ""
    return counted or SENTENCES[position.reason.code](position.is_by_day)


def _counted(position: Position) -> str:
    """Return the sentence that counts steps, for the reasons that have one."""
    reason = position.reason
    numbers = {"count": reason.count, "total": reason.total}
    if reason.code is Code.GOING_ON:
        text = ngettext(
            "%(count)d of these %(total)d steps is done; this one comes next.",
            "%(count)d of these %(total)d steps are done; this one comes next.",
            reason.count,
        )
        return text % numbers
    if reason.code is Code.MOVED_ON and reason.count < reason.total:
        return _("%(count)d of the %(total)d felt manageable, so what comes next is open.") % numbers
    return ""


def _always(text: Callable[[], str]) -> Callable[[bool], str]:
    return lambda _is_by_day: text()


SENTENCES: dict[Code, Callable[[bool], str]] = {
    Code.FIRST: _always(lambda: _("This is where the plan begins.")),
    Code.GOING_ON: _always(lambda: _("It comes after what you did last.")),
    Code.MOVED_ON: lambda day: (
        _("It felt manageable, so the next day of the plan is open.")
        if day
        else _("It felt manageable, so the next week is open.")
    ),
    Code.AGAIN: lambda day: (
        _("This day again, as often as you like.") if day else _("This week again, as often as you like.")
    ),
    Code.CHOSE_ON: _always(lambda: _("You chose to go on.")),
    Code.CHOSE_AGAIN: lambda day: _("You chose this day again.") if day else _("You chose this week again."),
    Code.CHOSE_BACK: lambda day: (
        _("You chose to take an earlier day again.") if day else _("You chose to take an earlier week again.")
    ),
    Code.SMALL: _always(lambda: _("It has been a few days, so the small version comes first.")),
    Code.REPEAT: lambda day: (
        _("Welcome back. Here is the day that felt comfortable.")
        if day
        else _("Welcome back. Here is the week that felt comfortable.")
    ),
    Code.BACK: lambda day: (
        _("Welcome back. Here is the day before the one that felt comfortable.")
        if day
        else _("Welcome back. Here is the week before the one that felt comfortable.")
    ),
    Code.FIRST_AGAIN: _always(lambda: _("Welcome back. Here is the beginning, which you know already.")),
    Code.AFRESH: lambda day: (
        _("Welcome back. Here is your day from its beginning.")
        if day
        else _("Welcome back. Here is your week from its beginning.")
    ),
    Code.ILL: _always(lambda: _("Good to see you up again. After an illness we begin a little earlier.")),
    Code.RESTART: _always(lambda: _("Welcome back. We begin at the beginning, with the small version first.")),
    Code.COMPLETE: _always(lambda: _("You have walked all of it.")),
}
