"""How often a series meets, as a host chooses it and as one says it. Rules themselves: `groups.recurrence`."""

from datetime import date

from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.moments import CHINESE_WEEKDAYS, in_chinese
from groups.recurrence import Rule, RuleRefused, read_rule

NEVER, WEEKLY, FORTNIGHTLY, MONTHLY, OWN = "", "weekly", "fortnightly", "monthly", "own"
CHOICES = [
    (NEVER, gettext_lazy("Once")),
    (WEEKLY, gettext_lazy("Every week")),
    (FORTNIGHTLY, gettext_lazy("Every two weeks")),
    (MONTHLY, gettext_lazy("Every month, on the same weekday")),
]
DAYS_A_WEEK = 7
LAST = 5


def rule_for(choice: str, weekdays: list[int], day: date) -> Rule:
    """Return the rule of a choice of the form; no weekdays: that of the day. A fifth weekday means the last one."""
    if choice == MONTHLY:
        nth = (day.day - 1) // DAYS_A_WEEK + 1
        return Rule("MONTHLY", weekdays=((-1 if nth == LAST else nth, day.weekday()),))
    days = tuple((0, number) for number in sorted(set(weekdays) or {day.weekday()}))
    return Rule("WEEKLY", interval=2 if choice == FORTNIGHTLY else 1, weekdays=days)


def choice_for(text: str) -> tuple[str, list[int]]:
    """Return the choice of the form and the weekdays that a rule stands for, or `OWN` for one made elsewhere."""
    rule = read_rule(text)
    days = [day for nth, day in rule.weekdays if not nth]
    if rule.frequency == "WEEKLY" and not rule.positions and rule.interval in {1, 2}:
        return (WEEKLY if rule.interval == 1 else FORTNIGHTLY), days
    one_nth = len(rule.weekdays) == 1 and rule.weekdays[0][0]
    if rule.frequency == "MONTHLY" and rule.interval == 1 and one_nth and not rule.month_days and not rule.positions:
        return MONTHLY, []
    return OWN, []


def rule_in_words(text: str) -> str:
    """Return e.g. `Every week on Tuesday and Thursday`; a rule that has no short sentence is said loosely."""
    try:
        rule = read_rule(text)
    except RuleRefused:
        return _("Again and again")
    if rule.frequency == "WEEKLY" and not rule.positions:
        return _weekly(rule)
    if rule.frequency == "MONTHLY" and len(rule.weekdays) == 1 and rule.weekdays[0][0] and rule.interval == 1:
        nth, day = rule.weekdays[0]
        return _("Every month on the %(nth)s %(day)s") % {"nth": _nth(nth), "day": weekday_in_words(day)}
    if rule == Rule("DAILY"):
        return _("Every day")
    return _("On days of its own rule")


def weekday_in_words(day: int) -> str:
    return f"周{CHINESE_WEEKDAYS[day]}" if in_chinese() else str(DAY_NAMES[day])


def _weekly(rule: Rule) -> str:
    weeks = _("Every week") if rule.interval == 1 else _("Every %(weeks)s weeks") % {"weeks": rule.interval}
    if not rule.weekdays:
        return weeks
    *most, last = [weekday_in_words(day) for _nth, day in rule.weekdays]
    days = pgettext("between weekdays", ", ").join(most)
    both = _("%(days)s and %(last)s") % {"days": days, "last": last} if most else last
    return _("%(weeks)s on %(days)s") % {"weeks": weeks, "days": both}


def _nth(nth: int) -> str:
    words = {
        1: pgettext("of the month", "first"),
        2: pgettext("of the month", "second"),
        3: pgettext("of the month", "third"),
        4: pgettext("of the month", "fourth"),
        -1: pgettext("of the month", "last"),
    }
    return words.get(nth, str(nth))
