"""Promise P1: what somebody wrote of how it felt is in no log, report, mail, cache, message or other person's page.

The canaries go through every door, invalid input and a crash among them. A leak on purpose is caught.
"""

import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core import mail
from django.core.cache import caches
from django.db import InternalError
from django.test import Client
from django.utils.log import AdminEmailHandler

from core.logs import JsonFormatter
from core.visibility import PrivateQuerySet
from plans.models import SessionLog
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of

NOTE, TITLE = "zqcanarynote", "zqcanarytitle"
CANARIES = re.compile(f"{NOTE}|{TITLE}")
NAMES = re.compile(
    r"mood_before|mood_after|mastery|pleasure|\bguess\b|asks_first|\banswers\b|\bscore\b"
)  # numbers have no canary: their names do
NUMBERS = {"mood_before": 2, "mood_after": 6, "mastery": 7, "pleasure": 8}


class Ear(logging.Handler):
    """Keeps every line as production would write it, and the bare message of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [self.format(record), record.getMessage()]


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Listen to every logger, also to those that keep to themselves, and to the reports of crashes."""
    found, report = Ear(), AdminEmailHandler(include_html=True)
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in ("django", "celery", "mindmove", "plans"))]
    for logger in loggers:
        logger.addHandler(found)
    logging.getLogger("django.request").addHandler(report)
    yield found
    for logger in loggers:
        logger.removeHandler(found)
    logging.getLogger("django.request").removeHandler(report)


def crash(*_args: Any, **_kwargs: Any) -> None:
    """Fail as a database does, quoting the row."""
    raise InternalError(f"Failing row contains ({NOTE}, {TITLE}, mood_after 6)")


def form_of(**values: Any) -> dict[str, Any]:
    words = {"note": NOTE, "title": TITLE, "uuid": str(uuid4())}
    return {"exercise_type": "walking", "minutes": 12, "intensity": "light", **words, **NUMBERS, **values}


def through_every_door(cast: Cast, as_person: Any, api_as: Any) -> None:
    """Begin, note, change, be refused and crash: by the pages and by the API."""
    plan = make_plan()
    enrollment = make_enrollment(cast.member, plan)
    page, api = as_person(cast.member), api_as(cast.member)
    page.raise_request_exception = api.raise_request_exception = False
    begun = page.post("/plans/begin/", {"session": sessions_of(plan)[0].pk, "guess": 3}).url
    assert page.post(begun, form_of()).status_code == 302
    assert page.post("/plans/log/", form_of(minutes=0)).status_code == 200
    assert api.post("/api/v1/beginnings/", {"exercise_type": "walking", "guess": 9}).status_code == 400
    answer = api.post(
        "/api/v1/logs/", form_of(guess=3, started_at="2026-03-10T08:30:00Z", enrollment=str(enrollment.uuid))
    )
    assert answer.status_code == 201
    log = f"/api/v1/logs/{answer.data['uuid']}/"
    assert api.patch(log, {"note": f"{NOTE} again"}).status_code == 200
    assert api.patch(log, {"guess": 7, "note": NOTE}).status_code == 400
    assert api.post("/api/v1/logs/", form_of(note=NOTE * 200)).status_code == 400
    assert api.post("/api/v1/pauses/", {"reason": "low", "note": NOTE}).status_code == 201
    assert api.put("/api/v1/readiness/", {"asks_first": True}).status_code == 200
    assert api.post("/api/v1/check-ins/", {"scale": "phq8", "answers": [3] * 8}).status_code == 201
    assert api.post("/api/v1/check-ins/", {"scale": "phq8", "answers": [9]}).status_code in {400, 409}
    with pytest.MonkeyPatch.context() as broken:
        for writes in ("keep", "rewrite"):
            broken.setattr(f"plans.services.logs.{writes}", crash)
        assert page.post("/plans/log/", form_of()).status_code == 500
        assert api.post("/api/v1/logs/", form_of()).status_code == 500
        page.post(f"/plans/logs/{answer.data['uuid']}/", form_of())


def cached() -> str:
    stores = [caches[name] for name in settings.CACHES]
    return " ".join(repr(getattr(store, "_cache", {})) for store in stores)


def files() -> str:
    """Return all that was written to disk beside the database: queues of tasks, uploads, mails."""
    found = [path for path in settings.VAR_DIR.rglob("*") if path.is_file() and "sqlite3" not in path.name]
    return " ".join(path.read_bytes().decode("utf-8", "replace") for path in found)


def test_no_log_report_mail_cache_or_queue_holds_them(
    cast: Cast, now: datetime, ear: Ear, as_person: Any, api_as: Any, settings: Any
) -> None:
    settings.ADMINS = ["admin@people.example"]
    settings.DEBUG = False
    through_every_door(cast, as_person, api_as)
    assert len(mail.outbox) >= 2  # the reports of the crashes
    reports = " ".join(json.dumps([m.subject, m.body, getattr(m, "alternatives", [])]) for m in mail.outbox)
    assert "InternalError" in reports
    said = {"log": " ".join(ear.lines), "reports": reports, "cache": cached(), "files": files()}
    assert "request failed" in said["log"]
    assert {place: CANARIES.findall(text) for place, text in said.items()} == {place: [] for place in said}
    assert {place: NAMES.findall(said[place]) for place in ("log", "reports")} == {"log": [], "reports": []}


def test_nobody_else_reads_them(cast: Cast, now: datetime, as_person: Any, api_as: Any) -> None:
    through_every_door(cast, as_person, api_as)
    address = SessionLog.objects.first().uuid  # type: ignore[union-attr]
    paths = ["/", "/plans/", "/plans/mine/", "/plans/logs/", "/plans/log/", f"/plans/logs/{address}/",
             f"/library/search/?q={NOTE[:6]}", f"/api/v1/search/?q={NOTE[:6]}", "/health/", "/metrics"]  # fmt: skip
    answers = [f"/api/v1/{name}/" for name in ("today", "logs", "beginnings", "enrollments", f"logs/{address}")]
    for name in ("stranger", "host", "owner", "editor", "superuser", "blocked"):
        for client in (as_person(cast.people[name]), api_as(cast.people[name])):
            for path in [*paths, *answers]:
                page = client.get(path).content.decode()
                assert not CANARIES.search(page), (name, path)


def test_no_page_of_the_admin_shows_them(cast: Cast, now: datetime, as_person: Any, api_as: Any) -> None:
    through_every_door(cast, as_person, api_as)
    client: Client = as_person(cast.superuser)
    for model in admin.site._registry:
        place = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        rows = model._base_manager.order_by("-pk").values_list("pk", flat=True)[:3]
        for path in [place, f"{place}?q={NOTE[:6]}", *(f"{place}{pk}/change/" for pk in rows)]:
            page = client.get(path).content.decode()
            assert not CANARIES.search(page), path


def test_what_is_private_is_not_in_the_admin() -> None:
    private = {m for m in apps.get_models() if isinstance(m._default_manager.get_queryset(), PrivateQuerySet)}
    assert {m.__name__ for m in private} >= {"MoodRating", "Reflection", "Beginning", "CheckIn", "Readiness", "Pause"}
    assert private & set(admin.site._registry) == set()
    shown = {inline.model for site in admin.site._registry.values() for inline in site.inlines}
    assert private & shown == set()


@pytest.mark.django_db  # loading the tasks checks the models
def test_a_task_is_told_an_id_at_most() -> None:
    from mindmove.celery import app  # noqa: PLC0415 - the tasks of every app are found by now

    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    assert ours
    assert [task.name for task in ours if task.run.__code__.co_argcount > 1] == []


# Controls ----------------------------------------------------------------------------------------
def test_a_leak_on_purpose_is_heard(ear: Ear) -> None:
    for logger in ("plans.services", "django.request", "celery.task"):
        logging.getLogger(logger).error("could not keep %s", NOTE)
    assert len([line for line in ear.lines if CANARIES.search(line)]) >= 6


def test_with_the_usual_reports_the_crash_would_be_told(
    cast: Cast, now: datetime, ear: Ear, as_person: Any, api_as: Any, settings: Any
) -> None:
    settings.ADMINS = ["admin@people.example"]
    settings.DEFAULT_EXCEPTION_REPORTER = "django.views.debug.ExceptionReporter"
    from django.views.debug import ExceptionReporter  # noqa: PLC0415 - beside what it stands for

    for handler in logging.getLogger("django.request").handlers:
        if isinstance(handler, AdminEmailHandler):
            handler.reporter_class = ExceptionReporter
    through_every_door(cast, as_person, api_as)
    assert any(CANARIES.search(m.body) for m in mail.outbox)
