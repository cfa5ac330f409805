"""The way back for whom a decision concerns, also when they cannot sign in: a signed link in the mail.

Nothing of it is kept: the link is the decision's address under the site's key, and it ends with the time to appeal.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.urls import reverse

from moderation.models import Decision

APPEAL_WITHIN = timedelta(days=60)
_signer = signing.Signer(salt="moderation.appeal", algorithm="sha256")


def can_appeal(decision: Decision, now: datetime) -> bool:
    """Whether the person may still say that the decision is wrong."""
    is_about_somebody = decision.person_id is not None and decision.act != Decision.Act.NOTHING
    return is_about_somebody and decision.undone_at is None and now < decision.created_at + APPEAL_WITHIN


def token_for(decision: Decision) -> str:
    return _signer.sign(str(decision.uuid))


def path_for(decision: Decision) -> str:
    """Return the page of the decision that needs no sign-in; in the current language."""
    return reverse("moderation:decision_by_link", args=[token_for(decision)])


def decision_of_token(token: str, now: datetime) -> Decision | None:
    """Return the decision that the link leads to, or None when it is forged or too old."""
    try:
        uuid = _signer.unsign(token)
    except signing.BadSignature:
        return None
    recent = Decision.objects.filter(created_at__gt=now - APPEAL_WITHIN, person__isnull=False)
    return recent.select_related("person").filter(uuid=uuid).first()
