"""An editor changes a page in the admin; a phone joins, answers, follows and logs through the API."""

from datetime import datetime
from typing import Any

from django.test import Client

from accounts.models import User
from groups.models import Rsvp
from library.models import Mechanism, Revision
from library.services.editors import make_editor
from plans.models import MoodRating, SessionLog
from tests.accounts.entrance.phone import NEW_PASSWORD, Phone, code_in
from tests.journeys.conftest import Club
from tests.kit.admin_form import form_of
from tests.kit.mail_sink import MailSink

LINE = "Begin before you feel like it, and keep it small."


def test_an_editor_changes_a_mechanism_and_sees_it(club: Club, now: datetime) -> None:
    make_editor(person=club.cast.editor)
    editor = Client()
    editor.force_login(User.objects.get(pk=club.cast.editor.pk), backend="django.contrib.auth.backends.ModelBackend")
    mechanism = Mechanism.objects.get(slug="behavioural-activation")
    path = f"/admin/library/mechanism/{mechanism.pk}/change/"
    saved = editor.post(path, form_of(editor, path) | {"one_line_en": LINE})
    assert saved.status_code == 302
    assert LINE in Client().get("/library/mechanisms/behavioural-activation/").content.decode()
    assert Revision.objects.of("mechanisms", mechanism.slug)[0].person == club.cast.editor


def test_a_phone_walks_the_same_path(club: Club, sink: MailSink, now: datetime) -> None:
    phone = signed_up_phone(sink)
    group, event = club.cast.group, club.event
    assert phone.call("POST", f"/api/v1/groups/{group.uuid}/join/").status_code == 200
    answer = phone.call("PUT", f"/api/v1/events/{event.uuid}/rsvp/", {"answer": "going"})
    assert answer.json()["status"] == Rsvp.Status.WAITLISTED
    assert answer.json()["position"] == 3
    assert phone.call("POST", "/api/v1/enrollments/", FOLLOW).status_code == 201
    step = phone.call("GET", "/api/v1/today/").json()["steps"][0]
    assert step["session"]["floor"]
    assert step["session"]["reasons"][0]["slug"] == "behavioural-activation"
    log = LOG | {"session": step["session"]["id"], "enrollment": step["enrollment"]}
    assert [phone.call("POST", "/api/v1/logs/", log).status_code for _twice in range(2)] == [201, 201]
    assert SessionLog.objects.count() == 1
    assert MoodRating.objects.visible_to(SessionLog.objects.get().person).count() == 2
    assert phone.call("GET", "/api/v1/today/").json()["steps"][0]["is_done_today"]


def test_a_signed_out_phone_is_out(club: Club, sink: MailSink, now: datetime) -> None:
    phone = signed_up_phone(sink)
    assert phone.me().status_code == 200
    token = phone.token
    phone.call("DELETE", "/_allauth/app/v1/auth/session")
    phone.token = token
    assert phone.me().status_code == 401
    assert phone.me().headers["Content-Type"] == "application/problem+json"


def signed_up_phone(sink: MailSink) -> Phone:
    phone = Phone()
    phone.post("/auth/signup", email="phone@people.example", password=NEW_PASSWORD)
    phone.post("/auth/email/verify", key=code_in(sink.to("phone@people.example")[0].text))
    welcome = {"language": "en", "time_zone": "Asia/Kolkata", "display_name": "Asha"}
    assert phone.call("POST", "/api/v1/me/welcome/", welcome).status_code == 200
    return phone


FOLLOW: dict[str, Any] = {
    "template": "ten-minute-walk",
    "starts_on": "2026-03-10",
    "cues": [{"weekday": 1, "at_time": "18:30"}],
    "when_text": "I have had tea",
    "then_text": "I walk ten minutes",
}
LOG: dict[str, Any] = {
    "uuid": "0e9a1c3c-64a7-4c65-93a7-55ad0a3b9f10",
    "minutes": 10,
    "intensity": "light",
    "mood_before": 3,
    "mood_after": 4,
}
