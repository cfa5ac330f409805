"""Promise I3: what a file is called and says of itself counts for nothing; what lies on the disk is ours."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from groups.models import Picture, Post
from tests.kit.cast import LONG_AGO, Cast
from tests.kit.samples import HTML, photo

pytestmark = pytest.mark.django_db
NAMES = [
    "../../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/moss.jpg", "moss.php.jpg", "moss.jpg.php", "moss.svg",
    "moss.html", ".htaccess", "moss\x00.jpg", "moss\u202egpj.exe", "a" * 400 + ".jpg", "CON.jpg",
    "moss.jpg\r\nX: y", "",
]  # fmt: skip
OURS = re.compile(r"pictures/[\w/-]+\.webp\Z")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def zipped() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("index.html", "<script>alert(1)</script>")
    return file.getvalue()


def send(cast: Cast, api_as: Any, file: SimpleUploadedFile) -> Any:
    cast.member.joined_at = LONG_AGO
    cast.member.save()
    client = api_as(cast.member)
    said = {"text": "A bench in the moss", "picture_1": file, "alt_1": "\u202ea bench\r\n"}
    return client.post(f"/api/v1/groups/{cast.group.uuid}/posts/", said, format="multipart")


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_reaches_the_disk(cast: Cast, now: datetime, api_as: Any, name: str) -> None:
    file = SimpleUploadedFile("moss.jpg", photo((60, 40)), content_type="text/html")
    file._name = name  # type: ignore[attr-defined]  # as a client writes it, past Django's own cleaning
    answer = send(cast, api_as, file)

    assert answer.status_code in {201, 400}
    for picture in Picture.objects.filter(post__isnull=False):
        assert OURS.fullmatch(picture.file.name)
        assert picture.alt == "a bench"
        with default_storage.open(picture.file.name) as kept:
            assert kept.read(12)[8:] == b"WEBP"
    assert Picture.objects.count() == (answer.status_code == 201)


@pytest.mark.parametrize(
    "data", [SVG, HTML, b"<?php echo 1;", zipped(), b"GIF89a" + b"\x00" * 40, b"%PDF-1.7", b"\xff\xd8\xff" + SVG],
    ids=["svg", "html", "php", "zip", "gif", "pdf", "svg behind a head"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_beside_its_field(cast: Cast, now: datetime, api_as: Any, data: bytes) -> None:
    answer = send(cast, api_as, SimpleUploadedFile("moss.jpg", data, content_type="image/jpeg"))
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (400, ["picture_1"])
    assert not Post.objects.exists()


@pytest.mark.parametrize("behind", [zipped(), HTML, SVG], ids=["zip", "html", "svg"])
def test_what_hangs_on_a_picture_is_left_behind(cast: Cast, now: datetime, api_as: Any, behind: bytes) -> None:
    assert send(cast, api_as, SimpleUploadedFile("moss.jpg", photo((60, 40)) + behind)).status_code == 201
    picture = Picture.objects.get()
    with default_storage.open(picture.file.name) as kept:
        stored = kept.read()
    assert b"alert(1)" not in stored
    assert b"PK\x03\x04" not in stored
    page = api_as(cast.member)
    page.force_login(cast.member, backend="django.contrib.auth.backends.ModelBackend")
    shown = page.get(picture.get_absolute_url())
    assert (shown.headers["Content-Type"], shown.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
