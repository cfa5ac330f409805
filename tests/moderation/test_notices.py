"""What is told of decisions: decided when it is sent, in both languages, and never who reported."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail

from accounts.models import User
from core import clock
from moderation.links import path_for
from moderation.models import Decision
from notifications import kinds
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from notifications.services.preferences import choose
from tests.moderation.conftest import Case

pytestmark = pytest.mark.django_db
MORNING = timedelta(hours=1)


def sent(now: datetime) -> dict[str, mail.EmailMultiAlternatives]:
    """Return what goes out now, by the name of the recipient."""
    mail.outbox.clear()
    deliver_due(now=now + MORNING)
    return {message.to[0].split("@")[0]: message for message in mail.outbox}


def parts(message: mail.EmailMultiAlternatives) -> list[str]:
    return [message.subject, message.body, str(message.alternatives[0][0])]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("act", ["hide", "warn", "suspend", "ban"])
def test_the_person_reads_the_words_and_how_to_answer_and_not_that_anybody_reported(
    case: Case, act: str, language: str
) -> None:
    User.objects.update(language=language)
    case.report()
    case.decide(act, days=7)
    letter = sent(case.now)["host"]
    assert "Please be kinder." in letter.body
    assert "/me/decisions/link/" in letter.body
    for part in parts(letter):
        assert case.reporter.display_name not in part
        assert "This hurts." not in part
        assert not re.search("report|举报", part, re.IGNORECASE)
    assert letter.subject == ("A decision that concerns you" if language == "en" else "一个与你有关的决定")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_reporter_reads_what_became_of_it(case: Case, language: str) -> None:
    User.objects.update(language=language)
    case.report()
    case.decide("suspend", days=7)
    letter = sent(case.now)["member"]
    assert ("did something about it" if language == "en" else "采取了措施") in letter.body
    assert case.author.display_name not in letter.body
    assert "Please be kinder." not in letter.body


def test_a_banned_person_is_told_and_can_answer_without_signing_in(case: Case, client) -> None:
    case.report()
    case.decide("ban")
    path = re.search(r"https?://[^/]+(/me/decisions/link/\S+)", sent(case.now)["host"].body)[1]  # type: ignore[index]
    assert "Please be kinder." in client.get(path).content.decode()
    assert Decision.objects.get().undone_at is None, "reading changes nothing"
    client.post(path, {"words": "I meant it well."})
    case.answer(Decision.objects.get().appeal)
    assert "taken back" in sent(case.now)["host"].body
    assert "no longer counts" in client.get(path).content.decode()


def test_the_answer_reaches_somebody_who_stays_banned(case: Case) -> None:
    case.report()
    case.answer(case.appeal(case.decide("ban")), "upheld", answer="It stays for a reason.")
    assert "It stays for a reason." in sent(case.now)["host"].body


def test_what_was_taken_back_meanwhile_is_not_told(case: Case) -> None:
    case.report()
    case.answer(case.appeal(case.decide("warn")))
    sent(case.now)
    assert Delivery.objects.get(channel="email", notification__kind="moderation_decision").reason == "taken_back"


def test_what_is_owed_cannot_be_turned_off_and_the_rest_can(case: Case) -> None:
    for person in (case.author, case.reporter):
        choose(person=person, wanted=set(), now=case.now)
    case.report()
    case.decide("warn")
    assert set(sent(case.now)) == {"host"}
    assert Delivery.objects.get(channel="email", notification__kind="report_outcome").reason == "not_wanted"
    assert {kind.name for kind in kinds.all_kinds() if kind.is_owed} == {
        "moderation_decision",
        "appeal_answer",
        "account_leaving",
    }


def test_a_link_ends_and_cannot_be_forged(case: Case, client, as_person) -> None:
    case.report()
    decision = case.decide("warn")
    path = path_for(decision)
    assert client.get(path).status_code == 200
    assert client.get(path[:-2] + "x/").status_code == 404
    with clock.frozen_at(case.now + timedelta(days=61)):
        assert client.get(path).status_code == 404
