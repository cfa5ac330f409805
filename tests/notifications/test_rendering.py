"""What the mail looks like on the wire: language, headers, plain text that is text."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import User
from notifications.kinds import Kind
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from tests.kit.mail_sink import MailSink

pytestmark = pytest.mark.django_db


def test_one_click_headers_and_a_visible_link_on_bulk_mail(
    put: Callable[..., Delivery], sink: MailSink, now: datetime
) -> None:
    put()

    deliver_due(now=now)

    mail = sink.mails[0]
    address = mail.message["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://127.0.0.1:8000/messages/stop/")
    assert f"\r\nList-Unsubscribe: <{address}>\r\n".encode() in mail.source  # whole, on one line
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.message["Auto-Submitted"] == "auto-generated"
    assert address in mail.text
    assert address in mail.html


def test_no_unsubscribe_on_what_is_not_bulk(
    put: Callable[..., Delivery], kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    kind_of("urgent", is_bulk=False)
    put(kind="urgent")

    deliver_due(now=now)

    assert sink.mails[0].message["List-Unsubscribe"] is None
    assert "/messages/stop/" not in sink.mails[0].text + sink.mails[0].html


def test_plain_text_is_not_escaped_and_html_is(put: Callable[..., Delivery], sink: MailSink, now: datetime) -> None:
    put()

    deliver_due(now=now)

    assert "When it's light, then walk." in sink.mails[0].text
    assert "When it&#x27;s light, then walk." in sink.mails[0].source.decode().replace("=\r\n", "").replace("=27", "'")


def test_links_and_language_are_the_recipients(
    person: User, put: Callable[..., Delivery], sink: MailSink, now: datetime
) -> None:
    User.objects.update(language="zh-hans")
    put()

    deliver_due(now=now)

    mail = sink.mails[0]
    assert mail.message["Content-Language"] == "zh-hans"
    assert "/zh-hans/messages/" in mail.text
    assert '<html lang="zh-hans">' in mail.html


def test_no_address_can_slip_into_the_subject(
    put: Callable[..., Delivery], kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    put()

    deliver_due(now=now)

    message = sink.mails[0].message
    assert "\n" not in message["Subject"]
    assert message["To"] == "mika@people.example"
    assert message.get_all("Bcc") is None
