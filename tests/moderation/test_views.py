"""The pages: reporting, what became of it, what was decided about me; and the moderators' desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import Group, Membership
from moderation.models import Decision, Report
from tests.groups.kit import make_event
from tests.kit.cast import Cast
from tests.moderation.conftest import Case

pytestmark = pytest.mark.django_db


def report_page(case: Case) -> str:
    return reverse("moderation:new_report", args=["post", case.post.uuid])


def test_from_a_quiet_link_to_what_became_of_it(case: Case, cast: Cast, as_person) -> None:
    event = make_event(cast.group, case.now)
    client, path = as_person(cast.member), reverse("moderation:new_report", args=["event", event.uuid])
    assert path in client.get(event.get_absolute_url()).content.decode()
    assert path not in as_person(None).get(event.get_absolute_url()).content.decode()
    answer = client.post(path, {"reason": "danger", "words": "There is no path."}, follow=True).content.decode()
    assert "There is no path." in answer
    assert "It waits for a look." in answer


def test_what_was_decided_stands_below_the_report(case: Case, as_person) -> None:
    case.report()
    case.decide("hide")
    page = as_person(case.reporter).get(reverse("moderation:reports")).content.decode()
    assert "it is no longer shown" in page
    assert "Please be kinder." not in page


def test_a_reason_is_needed_and_what_was_typed_stays(case: Case, as_person) -> None:
    page = as_person(case.reporter).post(report_page(case), {"words": "Look at this."}).content.decode()
    assert "Look at this." in page
    assert not Report.objects.exists()


def test_ones_own_is_refused_in_words(case: Case, as_person) -> None:
    page = as_person(case.author).post(report_page(case), {"reason": "spam"}).content.decode()
    assert "This is your own." in page


def test_a_decision_is_read_and_answered_once_by_its_person_alone(case: Case, cast: Cast, as_person) -> None:
    case.report()
    path = reverse("moderation:decision", args=[case.decide("warn").uuid])
    assert as_person(case.reporter).get(path).status_code == 404
    client = as_person(case.author)
    page = client.get(path).content.decode()
    assert "Please be kinder." in page
    assert "Slowpokes stay home." in page
    assert "I meant it well." in client.post(path, {"words": "I meant it well."}, follow=True).content.decode()
    assert "You have said" in client.post(path, {"words": "Again."}, follow=True).content.decode()


def test_who_left_the_group_reads_what_they_wrote_and_nothing_of_the_group(case: Case, cast: Cast, as_person) -> None:
    case.report()
    path = reverse("moderation:decision", args=[case.decide("warn").uuid])
    event = make_event(cast.group, case.now)
    about = {"about_kind": "event", "about_id": event.uuid}
    warned = Decision.objects.create(person=case.author, act="warn", words="Gently", **about)
    about_event = reverse("moderation:decision", args=[warned.uuid])
    client = as_person(case.author)
    assert cast.group.name in client.get(path).content.decode()
    assert event.title in client.get(about_event).content.decode()

    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    Membership.objects.filter(person=case.author).update(left_at=case.now)

    page = client.get(path).content.decode()
    assert "Slowpokes stay home." in page
    assert cast.group.name not in page
    assert event.title not in client.get(about_event).content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_while_an_account_rests_every_page_says_until_when(case: Case, as_person, language: str) -> None:
    case.author.language = language
    case.author.save()
    words = "Your account rests until Tuesday 17 March, 10:00." if language == "en" else "暂停到3月17日 周二 10:00"
    assert words not in as_person(case.author).get("/groups/", follow=True).content.decode()
    case.report()
    case.decide("suspend", days=7)
    assert words in as_person(case.author).get("/groups/", follow=True).content.decode()
    assert words not in as_person(case.reporter).get("/groups/", follow=True).content.decode()


# The desk ----------------------------------------------------------------------------------------
def test_the_desk_shows_the_case_and_not_who_reported(case: Case, as_person) -> None:
    made = case.report()
    client = as_person(case.moderator)
    front = client.get("/admin/").content.decode()
    assert "Waiting for a moderator" in front
    for path in ("", f"{made.pk}/change/"):
        page = client.get(f"/admin/moderation/report/{path}").content.decode()
        assert ">Member<" not in page
        assert "member@people.example" not in page
    assert "Slowpokes stay home." in page
    assert "This hurts." in page


def test_a_moderator_decides_at_the_desk(case: Case, as_person) -> None:
    made = case.report()
    client, path = as_person(case.moderator), f"/admin/moderation/report/{made.pk}/change/"
    refused = client.post(path, {"act": "suspend", "words": "Please rest."})
    assert "For how many days?" in refused.content.decode()
    assert client.post(path, {"act": "suspend", "words": "Please rest.", "days": "3"}).status_code == 302
    decision = Decision.objects.get()
    assert (decision.act, decision.decided_by, decision.words) == ("suspend", case.moderator, "Please rest.")
    assert 'name="act"' not in client.get(path).content.decode(), "decided is decided"


def test_another_moderator_answers_at_the_desk(case: Case, as_person) -> None:
    case.report()
    made = case.appeal(case.decide("warn"))
    path = f"/admin/moderation/appeal/{made.pk}/change/"
    said = {"outcome": "granted", "answer": "You are right."}
    assert "Another moderator answers." in as_person(case.moderator).post(path, said).content.decode()
    assert as_person(case.other).post(path, said).status_code == 302
    made.refresh_from_db()
    assert made.answered_by == case.other


def test_others_of_the_staff_have_no_desk(case: Case, cast: Cast, as_person) -> None:
    made = case.report()
    for person in (cast.staff, cast.editor):
        client = as_person(person)
        assert client.get(f"/admin/moderation/report/{made.pk}/change/").status_code == 403
        assert "Waiting for a moderator" not in client.get("/admin/").content.decode()
    reader = as_person(case.moderator)
    assert reader.post(f"/admin/moderation/report/{made.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_lists_of_the_desk_take_the_same_queries_for_more(case: Case, cast: Cast, as_person) -> None:
    client, path = as_person(cast.superuser), "/admin/moderation/report/"
    made = case.report()
    counts = []
    for reporters in ([], [cast.owner, cast.stranger, cast.applicant]):
        for person in reporters:
            Report.objects.create(
                reporter=person, person=cast.host, about_kind="post", about_id=case.post.uuid, reason="spam"
            )
        for address in (path, f"{path}{made.pk}/change/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
