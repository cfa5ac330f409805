"""The development mailbox shows what was sent."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from mindmove.devtools import mail_files
from mindmove.devtools.mail_files import StoredMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_mailbox(settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def arrived(subject: str = "Your code") -> StoredMail:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "hello@mindmove.example", "anna@people.example"
    message["List-Unsubscribe"] = "<https://mindmove.example/u/x>"
    message.set_content("Plain words.")
    message.add_alternative("<p>Rich <script>words</script></p>", subtype="html")
    return mail_files.store(message.as_bytes())


def test_newest_mail_is_first(client: Client) -> None:
    arrived("First")
    arrived("Second")

    page = client.get(reverse("dev:mailbox")).content.decode()

    assert page.index("Second") < page.index("First")


def test_empty_mailbox_says_so(client: Client) -> None:
    assert client.get(reverse("dev:mailbox")).status_code == 200


def test_mail_shows_headers_text_and_source(client: Client) -> None:
    mail = arrived()

    page = client.get(reverse("dev:mail", args=[mail.name])).content.decode()
    source = client.get(reverse("dev:mail_source", args=[mail.name]))

    assert "List-Unsubscribe" in page
    assert "Plain words." in page
    assert "<script>words" not in page
    assert source["Content-Type"].startswith("text/plain")
    assert "Subject: Your code" in source.content.decode()


def test_html_runs_no_script_and_is_framed_by_us_only(client: Client) -> None:
    mail = arrived()

    answer = client.get(reverse("dev:mail_html", args=[mail.name]))

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", ["nothing", "20260101000000000000-abcdef01", "a" * 300])
def test_no_such_mail(client: Client, name: str) -> None:
    assert client.get(reverse("dev:mail", args=[name])).status_code == 404


def test_file_names_cannot_leave_the_folder() -> None:
    arrived()

    assert mail_files.find("../../etc/passwd") is None
