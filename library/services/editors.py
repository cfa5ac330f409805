"""The staff role of those who write the library."""

from django.contrib.auth.models import Group as StaffRole
from django.contrib.auth.models import Permission
from django.db import transaction

from accounts.models import User

ROLE = "Editors"


@transaction.atomic
def ensure_editors_role() -> StaffRole:
    """Return the role that may write everything in the library and read its drafts; safe to repeat."""
    role, _ = StaffRole.objects.get_or_create(name=ROLE)
    # Histories are kept by the application, marks by their readers; nobody edits them.
    writing = Permission.objects.filter(content_type__app_label="library")
    role.permissions.set(writing.exclude(codename__regex="^(add|change|delete)_historical|_mark$"))
    return role


@transaction.atomic
def make_editor(*, person: User) -> None:
    """Let the person sign in to the admin and write the library."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    locked.is_staff = True
    locked.save(update_fields=["is_staff"])
    locked.groups.add(ensure_editors_role())
    person.is_staff = True
