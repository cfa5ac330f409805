"""What pages and answers show of people."""

from datetime import datetime

from accounts.models import AccessToken, AccessTokenQuerySet, Block, BlockQuerySet
from core.visibility import Viewer


def blocks_by(person: Viewer) -> BlockQuerySet:
    """Return the person's own blocks with whom they blocked, the latest first."""
    return Block.objects.visible_to(person).select_related("blocked").order_by("-created_at", "-pk")


def tokens_of(person: Viewer, *, now: datetime) -> AccessTokenQuerySet:
    """Return the person's own access tokens that are good, the latest first."""
    if not person.is_authenticated:
        return AccessToken.objects.visible_to(person)
    # As `AccessToken.is_bound_to` says: a new password leaves rows behind that open nothing.
    good = AccessToken.objects.visible_to(person).lasting(now).filter(bound_to__in=person.password_prints())
    return good.order_by("-created_at", "-pk")
