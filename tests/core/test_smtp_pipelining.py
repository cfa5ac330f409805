"""A message that goes without a wait for each answer (RFC 2920), beside one that is waited for, on a real server."""

import smtplib
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.mail import EmailMessage

from core.smtp import EmailBackend, Posting
from tests.kit.mail_sink import MailSink, Reply, running_mail_sink

SENDER, MIKA, ROBIN = "hello@mindmove.example", "mika@people.example", "robin@people.example"
DOTTED = ".\r\n..\r\n. and more\r\nend."


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with running_mail_sink() as running:
        yield running


@pytest.fixture
def backend(sink: MailSink) -> Iterator[EmailBackend]:
    made = EmailBackend(alias="default", host="127.0.0.1", port=sink.port, timeout=5)
    made.open()
    yield made
    with suppress(OSError):
        made.close()


def mail(to: str = MIKA, text: str = "Hello") -> EmailMessage:
    return EmailMessage("It is time", text, SENDER, [to])


def announced(backend: EmailBackend, message: EmailMessage) -> Posting:
    posting = backend.announce(message)
    assert posting is not None
    return posting


def send(backend: EmailBackend, message: EmailMessage) -> None:
    posting = announced(backend, message)
    posting.hand_over()
    posting.hear()


@pytest.mark.parametrize("text", ["Hello", DOTTED, "短信\n", ""])
def test_the_same_arrives_as_from_the_library(backend: EmailBackend, sink: MailSink, text: str) -> None:
    message = mail(text=text)
    message.extra_headers = {"Message-ID": "<1@mindmove.example>", "Date": "Mon, 02 Nov 2026 10:00:00 +0000"}

    backend.send_messages([message])
    send(backend, message)

    usual, ours = sink.mails
    assert (ours.sender, ours.recipients, ours.source) == (usual.sender, usual.recipients, usual.source)


def test_nothing_is_waited_for_before_the_message_is_handed_over(backend: EmailBackend, sink: MailSink) -> None:
    sink.delays["people.example"] = 60

    assert announced(backend, mail())


@pytest.mark.parametrize("reply", [Reply.PERMANENT, Reply.TEMPORARY])
def test_who_is_not_known_is_refused_and_the_next_one_goes(backend: EmailBackend, sink: MailSink, reply: Reply) -> None:
    sink.towards["ailing.example"] = reply
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(backend, mail("nobody@ailing.example"))

    assert refused.value.recipients["nobody@ailing.example"][0] == int(reply.value[:3])
    send(backend, mail(ROBIN))
    assert [one.recipients for one in sink.mails] == [(ROBIN,)]


def test_a_message_that_is_not_taken_is_refused_and_the_next_one_goes(backend: EmailBackend, sink: MailSink) -> None:
    sink.will(Reply.TEMPORARY)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(backend, mail())

    assert refused.value.smtp_code == 451
    send(backend, mail(ROBIN))
    assert [one.recipients for one in sink.mails] == [(ROBIN,)]


@pytest.mark.parametrize("reply", [Reply.DROP, Reply.TAKE_AND_DROP])
def test_a_line_that_dies_is_an_error(backend: EmailBackend, sink: MailSink, reply: Reply) -> None:
    sink.will(reply)
    with pytest.raises(OSError):  # noqa: PT011 - any of them
        send(backend, mail())


def test_what_is_called_off_never_arrives(backend: EmailBackend, sink: MailSink) -> None:
    announced(backend, mail())
    backend.drop()
    with suppress(OSError):
        backend.close()

    backend.open()
    send(backend, mail(ROBIN))
    assert [one.recipients for one in sink.mails] == [(ROBIN,)]


def test_a_server_that_wants_to_be_waited_for_is(sink: MailSink) -> None:
    sink.pipelines = False
    backend = EmailBackend(alias="default", host="127.0.0.1", port=sink.port, timeout=5)
    backend.open()
    try:
        assert backend.announce(mail()) is None
    finally:
        backend.close()


def test_a_message_to_several_goes_as_ever(backend: EmailBackend) -> None:
    assert backend.announce(EmailMessage("Hello", "", SENDER, [MIKA, ROBIN])) is None


def test_no_line_can_be_slipped_into_an_address(backend: EmailBackend) -> None:
    with pytest.raises(ValueError, match="Invalid address"):
        backend.announce(mail(f"{MIKA}>\r\nRCPT TO:<{ROBIN}"))
