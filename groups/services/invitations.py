"""Links that let whoever holds one join. The secret is shown once and kept as a hash.

A link ends when it expires, is used up or taken back, when its group closes, and when whoever made it hosts no more.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput, NotPermitted
from core.visibility import Viewer
from groups.models import Group, Invitation, Membership
from groups.services.memberships import admit, lock_group
from notifications.tokens import hash_of

DAYS, MOST_DAYS, MOST_USES, MOST_OPEN = 14, 90, 500, 50


class InvitationEnded(DomainError):
    """There is no such invitation, any more or for this person. Nothing tells the one from the other."""

    status = 404

    def __init__(self) -> None:
        super().__init__("not_found", _("This invitation has ended."))


def invite(
    *, group: Group, host: User, note: str = "", most_uses: int | None = None, days: int = DAYS, now: datetime
) -> tuple[Invitation, str]:
    """Make a link; return it and its secret, which nobody can read again."""
    require_good_standing(host, now=now)
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput("days", _("An invitation lasts between 1 and 90 days."), field="days")
    if most_uses is not None and not 1 <= most_uses <= MOST_USES:
        raise InvalidInput("most_uses", _("Between 1 and 500 people can use it."), field="most_uses")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        locked = lock_group(group)
        if not locked.is_open or not _hosts(locked, host):
            raise NotPermitted("not_a_host", _("Only hosts invite."))
        if Invitation.objects.usable(now).filter(group=locked).count() >= MOST_OPEN:
            raise DomainError("too_many", _("There are many invitations already. Take one back first."))
        made = Invitation.objects.create(
            group=locked,
            invited_by=host,
            note=note,
            most_uses=most_uses,
            token_hash=hash_of(token),
            expires_at=now + timedelta(days=days),
            created_at=now,
        )
    return made, token


def address_of(token: str) -> str:
    """Return the whole address of an invitation, in the language spoken now."""
    return str(settings.SITE_ORIGIN) + reverse("groups:invitation", args=[token])


def revoke_invitation(*, invitation: Invitation, host: User, now: datetime) -> None:
    """Take a link back; twice is once. Who has come in by it stays."""
    with transaction.atomic():
        group = lock_group(invitation.group)
        if not _hosts(group, host):
            raise NotPermitted("not_a_host", _("Only hosts invite."))
        Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=now)


def open_invitation(*, token: str, viewer: Viewer, now: datetime) -> Invitation:
    """Return the invitation as long as this viewer may use it. Raises InvitationEnded."""
    found = Invitation.objects.usable(now).filter(token_hash=hash_of(token)).select_related("group").first()
    if found is None or _is_banned(found.group, viewer):
        raise InvitationEnded
    return found


def use_invitation(*, token: str, person: User, is_looking: bool = False, now: datetime) -> Membership:
    """Join by the link, or only look. Who is in already uses nothing up. Raises InvitationEnded.

    It is looked up with the lock of its group, which may be waited for: using it up asks anew whether it can be used.
    """
    good = Invitation.objects.usable(now).filter(token_hash=hash_of(token))
    with transaction.atomic():
        found = good.select_related("group").select_for_update(no_key=True, of=("group",)).first()
        if found is None:
            raise InvitationEnded
        theirs = Membership.objects.filter(group=found.group, person=person).first()
        if theirs is not None and theirs.banned_at is not None:
            raise InvitationEnded
        require_good_standing(person, now=now)
        theirs = theirs or Membership(group=found.group, person=person)
        theirs.group = found.group
        if theirs.pk is not None and theirs.is_current:
            return theirs
        if not good.update(uses=F("uses") + 1):
            raise InvitationEnded
        return admit(group=found.group, person=person, known=theirs, is_looking=is_looking, now=now)


def _is_banned(group: Group, viewer: Viewer) -> bool:
    mine = Membership.objects.banned().filter(group=group)
    return viewer.is_authenticated and mine.filter(person=viewer).exists()


def _hosts(group: Group, person: User) -> bool:
    return Membership.objects.hosting().filter(group=group, person=person).exists()
