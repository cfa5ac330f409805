"""What to tell a person whose file was not read, by the code of the refusal."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "empty": _("This file is empty."),
    "large": _("This file is larger than 10 MB."),
    "packed": _("This file is packed. Unpack it first, and choose the file inside."),
    "unknown": _("This is not a GPX, TCX or FIT file."),
    "damaged": _("This file is damaged or ends early. Saving it once more where it comes from may help."),
    "unsafe": _("This file holds more than a track, so it was not read."),
    "too_many": _("This file holds more than one outing can have."),
    "no_track": _("There is no recorded track in this file. A planned route cannot be noted."),
    "no_times": _("This track has no times, so nobody can tell how long it was. You can note it by hand."),
    "backwards": _("The times in this file run backwards."),
    "numbers": _("A place, a time or a number in this file cannot be right."),
    "long": _("This file spans more than a day. Bring in one outing at a time."),
    "future": _("This time is still to come."),
    "long_ago": _("This was more than a year ago."),
}
