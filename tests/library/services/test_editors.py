"""The role of those who write the library."""

from library.services.editors import ensure_editors_role, make_editor
from tests.kit.cast import Cast


def test_an_editor_writes_the_library_and_nothing_else(cast: Cast) -> None:
    make_editor(person=cast.editor)
    make_editor(person=cast.editor)

    permissions = type(cast.editor).objects.get(pk=cast.editor.pk).get_all_permissions()
    assert {"library.change_mechanism", "library.view_draft"} <= permissions
    assert {name.split(".")[0] for name in permissions} == {"library"}


def test_nobody_edits_the_history(cast: Cast) -> None:
    names = set(ensure_editors_role().permissions.values_list("codename", flat=True))

    assert "view_historicalmechanism" in names
    assert not names & {"change_historicalmechanism", "delete_historicalmechanism"}
