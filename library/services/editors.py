"""The staff roles of those who write the library."""

from django.contrib.auth.models import Group as StaffRole
from django.contrib.auth.models import Permission
from django.db import transaction

from accounts.models import User
from accounts.services.profile import lock_person

EDITORS, WRITERS = "Editors", "Writers"
# Writers make pages; what readers see changes only with an editor.
WRITTEN_BY_WRITERS = ("mechanism", "claim", "caveat", "relation")


@transaction.atomic
def ensure_editors_role() -> StaffRole:
    """Return the role that writes everything in the library and publishes it; safe to repeat."""
    role, _ = StaffRole.objects.get_or_create(name=EDITORS)
    writing = Permission.objects.filter(content_type__app_label="library")
    role.permissions.set(writing.exclude(content_type__model="mark"))  # marks are their readers' own
    return role


@transaction.atomic
def ensure_writers_role() -> StaffRole:
    """Return the role that writes drafts, adds sources and asks for a review; safe to repeat."""
    role, _ = StaffRole.objects.get_or_create(name=WRITERS)
    library = Permission.objects.filter(content_type__app_label="library").exclude(content_type__model="mark")
    names = {f"{verb}_{model}" for verb in ("add", "change", "delete") for model in WRITTEN_BY_WRITERS}
    reading = library.filter(codename__startswith="view_")
    role.permissions.set([*reading, *library.filter(codename__in=names | {"add_citation"})])
    return role


def make_editor(*, person: User) -> None:
    """Let the person sign in to the admin, write the library and publish it."""
    _give(person, ensure_editors_role())


def make_writer(*, person: User) -> None:
    """Let the person sign in to the admin and write drafts."""
    _give(person, ensure_writers_role())


@transaction.atomic
def _give(person: User, role: StaffRole) -> None:
    locked = lock_person(person)
    locked.is_staff = True
    locked.save(update_fields=["is_staff"])
    locked.groups.add(role)
    person.is_staff = True
