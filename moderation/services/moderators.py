"""The staff role of those who look after reports."""

from django.contrib.auth.models import Group as StaffRole
from django.contrib.auth.models import Permission
from django.db import transaction

from accounts.models import User
from accounts.services.profile import lock_person

MODERATORS = "Moderators"
NEEDED = ("view_report", "change_report", "view_appeal", "change_appeal", "view_decision", "view_actionlog")


@transaction.atomic
def ensure_moderators_role() -> StaffRole:
    """Return the role that reads reports, decides and answers appeals; safe to repeat."""
    role, _ = StaffRole.objects.get_or_create(name=MODERATORS)
    role.permissions.set(Permission.objects.filter(content_type__app_label="moderation", codename__in=NEEDED))
    return role


@transaction.atomic
def make_moderator(*, person: User) -> None:
    """Let the person sign in to the admin and look after reports."""
    locked = lock_person(person)
    locked.is_staff = True
    locked.save(update_fields=["is_staff"])
    locked.groups.add(ensure_moderators_role())
    person.is_staff = True
