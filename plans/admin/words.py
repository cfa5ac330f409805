"""What the fields of a plan are for, said to somebody who has never seen this page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HELP: dict[str, str | Promise] = {
    "PlanTemplate.growth": _(
        "From week to week running and jumping grow by 10 percent at most, everything else by 20 percent. "
        "Small amounts may grow by a few minutes more."
    ),
    "PlanTemplate.move_on_percent": _(
        "From 1 to 100. 80 means four of five steps; it says what “When to move on” says."
    ),
    "PlanTemplate.small_after_days": _("After so many days without a step, the small version is offered first."),
    "PlanTemplate.repeat_after_days": _("Then the last week that was comfortable is offered again."),
    "PlanTemplate.back_after_days": _("Then the week before that one."),
    "PlanTemplate.restart_after_days": _("Then the first week. None of the four is fewer than the one before."),
}
