"""A page's way from draft to publication, and the gate on it."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from core.errors import DomainError, InvalidInput
from library import tasks
from library.models import Caveat, Claim, Mechanism, Publication, Revision
from library.services import publishing
from library.services.gate import NotReady
from tests.kit.cast import Cast
from tests.kit.world_content import make_library

DRAFT, REVIEW, SCHEDULED, PUBLISHED = Publication


@pytest.fixture
def draft(db: None) -> Mechanism:
    page: Mechanism = make_library()["draft"]  # type: ignore[assignment]
    return page


def last_step(page: Mechanism) -> Revision:
    return Revision.objects.of("mechanisms", page.slug)[0]


def status_of(page: Mechanism) -> str:
    return Mechanism.objects.values_list("status", flat=True).get(pk=page.pk)


def test_each_step_keeps_who_took_it_and_why(draft: Mechanism, cast: Cast) -> None:
    publishing.submit_for_review(page=draft, by=cast.member, note="Ready, I think.")
    publishing.send_back(page=draft, by=cast.editor, note="The second claim has no trial behind it.")
    publishing.publish(page=draft, by=cast.editor)
    publishing.unpublish(page=draft, by=cast.editor, note="Retracted.")

    steps = [(one.act, one.person, one.note, one.content.get("status")) for one in Revision.objects.all()]
    assert steps[::-1] == [
        ("submitted", cast.member, "Ready, I think.", "review"),
        ("sent-back", cast.editor, "The second claim has no trial behind it.", "draft"),
        ("published", cast.editor, "", None),  # what a file does not say is published
        ("unpublished", cast.editor, "Retracted.", "draft"),
    ]


@pytest.mark.parametrize("step", [publishing.send_back, publishing.unpublish])
def test_a_step_back_needs_a_reason(draft: Mechanism, cast: Cast, step: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        step(page=draft, by=cast.editor, note="  ")  # type: ignore[operator]

    assert refused.value.field == "note"


def test_a_step_that_somebody_else_was_quicker_with_is_refused(draft: Mechanism, cast: Cast) -> None:
    publishing.publish(page=draft, by=cast.editor)

    with pytest.raises(DomainError, match="wrong_status"):
        publishing.submit_for_review(page=draft, by=cast.member)


def test_the_gate_names_everything_that_is_missing(draft: Mechanism, cast: Cast) -> None:
    Mechanism.objects.filter(pk=draft.pk).update(
        name_zh_hans="", one_line_en="", grade="", reviewed_on=None, review_due_on=None
    )
    draft.citations.clear()
    claim = Claim.objects.get(mechanism=draft)
    claim.citations.clear()
    Claim.objects.create(mechanism=draft, order=2, basis="human", text_en="Only in English.")
    Caveat.objects.create(mechanism=draft, order=2, text_zh_hans="只有中文。", text_en="")

    with pytest.raises(NotReady) as refused:
        publishing.publish(page=draft, by=cast.editor)

    assert {refusal.field for refusal in refused.value.refusals} == {
        "name_zh_hans", "one_line_en", "grade", "reviewed_on", "review_due_on", "citations",
        "claims.1.citations", "claims.2.citations", "claims.2.text_zh_hans", "caveats.2.text_en",
    }  # fmt: skip
    assert status_of(draft) == DRAFT


def test_a_page_without_a_claim_is_refused(draft: Mechanism, cast: Cast) -> None:
    Claim.objects.filter(mechanism=draft).delete()

    with pytest.raises(NotReady) as refused:
        publishing.publish(page=draft, by=cast.editor)

    assert refused.value.field == "claims"


def test_an_edit_of_a_public_page_goes_through_the_gate_and_one_of_a_draft_does_not(
    draft: Mechanism, cast: Cast
) -> None:
    Mechanism.objects.update(try_it_zh_hans="")

    publishing.save_edit(page=draft, by=cast.member)
    with pytest.raises(NotReady):
        publishing.save_edit(page=Mechanism.objects.get(slug="sleep"), by=cast.editor)


def test_a_set_time_lies_ahead(draft: Mechanism, cast: Cast, now: datetime) -> None:
    for at in (None, now):
        with pytest.raises(InvalidInput) as refused:
            publishing.schedule_publication(page=draft, at=at, now=now, by=cast.editor)
        assert refused.value.field == "at"


def test_a_scheduled_page_is_published_once_at_its_time(draft: Mechanism, cast: Cast, now: datetime) -> None:
    later = now + timedelta(hours=2)
    publishing.schedule_publication(page=draft, at=later, now=now, by=cast.editor)

    assert publishing.publish_due(now=later - timedelta(seconds=1)) == 0
    assert status_of(draft) == SCHEDULED
    assert [publishing.publish_due(now=later) for _twice in range(2)] == [1, 0]

    assert status_of(draft) == PUBLISHED
    assert (last_step(draft).act, last_step(draft).person) == ("published", cast.editor)


def test_the_tick_publishes_what_is_due(draft: Mechanism, cast: Cast, now: datetime) -> None:
    Mechanism.objects.filter(pk=draft.pk).update(status=SCHEDULED, publish_at=now)

    tasks.publish()

    assert status_of(draft) == PUBLISHED


def test_a_page_that_fails_at_its_time_waits_in_review_with_the_reason(
    draft: Mechanism, cast: Cast, now: datetime
) -> None:
    cast.editor.language = "zh-hans"
    cast.editor.save()
    later = now + timedelta(hours=2)
    publishing.schedule_publication(page=draft, at=later, now=now, by=cast.editor)
    Mechanism.objects.filter(pk=draft.pk).update(name_zh_hans="")
    Claim.objects.filter(mechanism=draft).update(text_en="")

    assert publishing.publish_due(now=later) == 0

    assert status_of(draft) == REVIEW
    assert last_step(draft).act == "refused"
    assert last_step(draft).note == (
        "名称 (简体中文): 发布前请先写好这段文字。\n论点 1, 正文 (英文): 发布前请先写好这段文字。"
    )


def test_a_page_sent_back_before_its_time_stays_back(draft: Mechanism, cast: Cast, now: datetime) -> None:
    later = now + timedelta(hours=2)
    publishing.schedule_publication(page=draft, at=later, now=now, by=cast.editor)
    publishing.send_back(page=draft, by=cast.editor, note="Not yet.")

    assert publishing.publish_due(now=later) == 0
    assert status_of(draft) == DRAFT


@pytest.mark.locks
@pytest.mark.django_db(transaction=True)
def test_two_workers_publish_a_page_once(now: datetime) -> None:
    page = make_library()["draft"]
    Mechanism.objects.filter(pk=page.pk).update(status=SCHEDULED, publish_at=now)  # type: ignore[attr-defined]
    start, counts = Barrier(2), []

    def work() -> None:
        start.wait()
        counts.append(publishing.publish_due(now=now))
        connection.close()

    workers = [Thread(target=work) for _two in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(counts) == [0, 1]
    assert Revision.objects.filter(act="published").count() == 1


@pytest.mark.locks
@pytest.mark.django_db(transaction=True)
def test_a_page_that_another_worker_holds_is_left_to_it(now: datetime) -> None:
    page = make_library()["draft"]
    Mechanism.objects.filter(pk=page.pk).update(status=SCHEDULED, publish_at=now)  # type: ignore[attr-defined]
    counts: list[int] = []

    def work() -> None:
        counts.append(publishing.publish_due(now=now))
        connection.close()

    with transaction.atomic():
        Mechanism.objects.select_for_update().get(pk=page.pk)  # type: ignore[attr-defined]
        other = Thread(target=work)
        other.start()
        other.join(timeout=10)

    assert counts == [0]
