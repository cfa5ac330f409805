"""M6: the example app says which version it is, and loses nothing where that is too old."""

import tomllib
from pathlib import Path

import httpx
import pytest
from django.conf import settings as project

from accounts.models import User
from plans.models import SessionLog
from tests.accounts.entrance.phone import NEW_PASSWORD
from tests.examples.test_phone import ADDRESS, club, phone, sink, take_phone
from tests.kit.generated_client import import_phone

import_phone()

from phone import VERSION, edits  # noqa: E402
from phone.app import Phone  # noqa: E402
from phone.doors import Refused  # noqa: E402
from phone.replies import NotTaken  # noqa: E402
from phone.sending import Ended  # noqa: E402

__all__ = ["club", "phone", "sink", "take_phone"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("club")]


def test_what_waits_is_sent_by_the_version_after(phone: Phone, settings) -> None:
    edits.note_log(phone.store, exercise_type="walking", intensity="light", minutes=20)
    settings.API_APP_MINIMUMS = {"mindmove-phone": (99,)}
    with pytest.raises(NotTaken) as no:
        phone.sync()
    assert (no.value.status, no.value.code) == (426, "app_too_old")
    assert "Please get the new one" in no.value.detail
    assert phone.store.unsent() == 1

    settings.API_APP_MINIMUMS = {"mindmove-phone": (0, 1)}
    assert phone.sync() is Ended.EMPTY
    assert SessionLog.objects.visible_to(User.objects.get(email=ADDRESS)).get().minutes == 20


def test_it_is_told_at_the_door_and_may_leave(phone: Phone, settings) -> None:
    settings.API_APP_MINIMUMS = {"mindmove-phone": (99,)}
    phone.sign_out()
    with pytest.raises(Refused, match=r"^426: This version of the app"):
        phone.sign_in(ADDRESS, NEW_PASSWORD)


def test_every_request_says_which_app_it_is(phone: Phone) -> None:
    said: list[str] = []

    def note(request: httpx.Request) -> None:
        said.append(request.headers.get("MindMove-App", ""))

    for client in (phone.doors.http, phone.client.get_httpx_client()):
        client.event_hooks["request"].append(note)
    phone.sync()
    phone.doors.confirm(NEW_PASSWORD)
    assert len(said) > 1
    assert set(said) == {f"mindmove-phone/{VERSION}"}


def test_the_version_is_that_of_the_package() -> None:
    package = tomllib.loads((Path(project.BASE_DIR) / "examples/phone/pyproject.toml").read_text())
    assert package["project"]["version"] == VERSION
