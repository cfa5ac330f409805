"""Why a message was held back, in words for the person it was meant for."""

from django.utils.translation import gettext_lazy as _

from core.errors import Text
from notifications import kinds

WORDS: dict[str, Text] = {
    "expired": _("It would have come too late to be of use."),
    "account_closed": _("The account was closed."),
    "address_unverified": _("Your e-mail address is not confirmed yet."),
    "not_wanted": _("You turned this kind of message off."),
    "quiet_hours": _("It came due in your quiet hours."),
    "messages_paused": _("You wanted no reminders on these days."),
    "backed_off": _("These come less often for a while. Any sign from you brings them back."),
    "merged": _("Another message told of it, as several had waited for you."),
    "weekly_budget": _("You had as many reminders this week as you allow."),
    "unknown_kind": _("This kind of message no longer exists."),
    "gone": _("What it was about is no longer there."),
    "address_invalid": _("Your e-mail address could not be used."),
    "connection_lost": _("The connection ended before it was taken."),
    "provider_unreachable": _("The service that carries it could not be reached."),
    "no_device": _("The device is no longer among yours."),
    "device_gone": _("The device no longer takes messages; we took it off your list."),
    "push_off": _("This site sends no messages to devices at the moment."),
    "service_not_allowed": _("Messages can no longer be sent to the push service of this device."),
    "no_answer": _("The push service of this device did not answer."),
    "error": _("Something went wrong on our side."),
}
REFUSED = _("The mail server of your address did not take it.")
PUSH_REFUSED = _("The push service of this device did not take it.")


def in_words(reason: str, *, kind: str) -> Text:
    """Return the sentence for a stable reason code; codes of a kind come before the common ones."""
    known = kinds.find(kind)
    if known is not None and reason in known.held:
        return known.held[reason]
    if reason.startswith(("smtp_", "mail_api_")):
        return REFUSED
    if reason.startswith("push_") and reason not in WORDS:
        return PUSH_REFUSED
    return WORDS.get(reason, reason)
