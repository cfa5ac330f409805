"""The role of those who write the library."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group as StaffRole

from library.services.editors import ensure_editors_role, ensure_writers_role, make_editor, make_writer
from tests.kit.cast import Cast


def test_an_editor_writes_the_library_and_nothing_else(cast: Cast) -> None:
    make_editor(person=cast.editor)
    make_editor(person=cast.editor)

    permissions = type(cast.editor).objects.get(pk=cast.editor.pk).get_all_permissions()
    assert {"library.change_mechanism", "library.view_draft"} <= permissions
    assert {name.split(".")[0] for name in permissions} == {"library"}


@pytest.mark.django_db
def test_nobody_edits_the_history() -> None:
    names = set(ensure_editors_role().permissions.values_list("codename", flat=True))

    assert not [name for name in names if "revision" in name]


def test_a_writer_writes_drafts_and_publishes_nothing(cast: Cast) -> None:
    make_writer(person=cast.staff)

    permissions = type(cast.staff).objects.get(pk=cast.staff.pk).get_all_permissions()
    assert {"library.add_mechanism", "library.change_claim", "library.view_draft"} <= permissions
    assert not permissions & {"library.publish", "library.change_helpline", "library.change_citation"}


@pytest.mark.django_db
@pytest.mark.parametrize("ensure_role", [ensure_editors_role, ensure_writers_role])
def test_marks_are_their_readers_own(ensure_role: Callable[[], StaffRole]) -> None:
    assert not ensure_role().permissions.filter(content_type__model="mark").exists()
