"""From a file to the log form, with every refusal beside the file field and nothing on disk."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from library import dose
from library.models import Citation
from plans.models import SessionLog
from tests.kit.cast import Cast
from tests.kit.tracks import fit, gpx, gpx_of, point
from tests.plans.kit import make_citation, make_type

PATH = "/plans/import/"


def upload(client: Client, data: bytes, name: str = "track.gpx", **values: Any) -> Any:
    return client.post(PATH, {"file": SimpleUploadedFile(name, data), **values})


def error_of(answer: Any) -> str:
    assert answer.status_code == 200
    found: str = answer.context["form"].errors["file"][0]
    return found


def test_a_file_leads_to_the_log_form_and_becomes_a_log(cast: Cast, now: Any, as_person: Any) -> None:
    make_type("aerobic")
    client = as_person(cast.member)
    answer = upload(client, fit(seconds=1800, metres=5000), name="anything.txt")
    page = client.get(answer.url)
    form = page.context["form"]
    assert (form["minutes"].value(), form["exercise_type"].value()) == (30, "aerobic")
    assert form["intensity"].value() is None  # asked by talk test
    assert "Monday 9 March, 18:30" in page.content.decode()  # in Berlin
    assert "5.0 km" in page.content.decode()
    assert not SessionLog.objects.exists()
    felt = {"uuid": form["uuid"].value(), "exercise_type": "aerobic", "minutes": "30", "intensity": "moderate"}
    felt["distance_km"] = form["distance_km"].value()
    assert client.post(answer.url, felt).url == "/plans/logs/"
    log = SessionLog.objects.get()
    assert (log.source, log.distance_m, log.intensity) == ("fit", 5000, "moderate")


def test_the_same_file_again_leads_kindly_to_its_log(cast: Cast, now: Any, as_person: Any) -> None:
    make_type("walking")
    client = as_person(cast.member)
    address = upload(client, gpx()).url
    values = {"uuid": client.get(address).context["form"]["uuid"].value(), "exercise_type": "walking"}
    client.post(address, {**values, "minutes": "10", "intensity": "light"})
    log = SessionLog.objects.get()
    answer = client.get(upload(client, gpx()).url, follow=True)
    assert answer.redirect_chain[-1][0] == f"/plans/logs/{log.uuid}/"
    assert "already among your days" in answer.content.decode()


def test_somebody_elses_token_is_a_404(cast: Cast, now: Any, as_person: Any) -> None:
    address = upload(as_person(cast.member), gpx()).url
    assert as_person(cast.stranger).get(address).status_code == 404
    assert as_person(cast.member).get("/plans/import/note/?file=x").status_code == 404


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"hello", "not a GPX"),
        (b"\x1f\x8b\x08\0", "packed"),
        (gpx()[:-40], "ends early"),
        (gpx_of(point(1, 1)), "no times"),
        (b"<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx>&a;</gpx>", "more than a track"),
        (b"<gpx>" + b" " * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_stands_beside_the_file(cast: Cast, now: Any, as_person: Any, data: bytes, word: str) -> None:
    assert word in error_of(upload(as_person(cast.member), data))
    assert not SessionLog.objects.exists()


def test_no_file_at_all_is_asked_for(cast: Cast, now: Any, as_person: Any) -> None:
    assert error_of(as_person(cast.member).post(PATH, {})) == "Choose a file first."


def test_a_refusal_is_said_in_the_persons_language(cast: Cast, now: Any, as_person: Any) -> None:
    cast.member.language = "zh-hans"
    cast.member.save()
    answer = as_person(cast.member).post(f"/zh-hans{PATH}", {"file": SimpleUploadedFile("x", b"hello")})
    assert error_of(answer) == "这不是 GPX、TCX 或 FIT 文件。"


def test_a_large_file_is_not_written_to_disk(cast: Cast, now: Any, as_person: Any, settings: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = "/nonexistent"  # whoever writes there, fails
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    padded = gpx().replace(b"<trk>", b" " * 6_000_000 + b"<trk>")
    assert upload(as_person(cast.member), padded).status_code == 302


def test_only_the_first_of_many_files_is_kept(cast: Cast, now: Any, as_person: Any) -> None:
    files = [SimpleUploadedFile("a", gpx()), SimpleUploadedFile("b", b"x" * 20_000_000)]
    assert as_person(cast.member).post(PATH, {"file": files}).status_code == 302


def test_a_forged_request_is_refused(cast: Cast, now: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.member, backend="django.contrib.auth.backends.ModelBackend")
    assert upload(client, gpx()).status_code == 403


def test_an_age_is_asked_for_only_once_the_zones_are_checked(cast: Cast, now: Any, as_person: Any) -> None:
    make_type("aerobic")
    client = as_person(cast.member)
    assert "age" not in client.get(PATH).context["form"].fields
    for key in dose.HEART_RATE_SOURCES:
        make_citation(key)
    Citation.objects.filter(key__in=dose.HEART_RATE_SOURCES).update(numbers_verified=True)
    assert "age" in client.get(PATH).context["form"].fields
    answer = upload(client, fit(heart=120), age="40")
    assert client.get(answer.url).context["form"]["intensity"].value() == "moderate"
    assert "under 18" in str(upload(client, fit(), age="12").context["form"].errors["age"]).lower()


def test_visitors_are_led_to_sign_in(db: None, as_person: Any) -> None:
    assert "login" in as_person(None).get(PATH).url
    assert "login" in upload(as_person(None), gpx()).url
