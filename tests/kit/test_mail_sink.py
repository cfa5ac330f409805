"""The mail sink answers as told, over real SMTP."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.kit.mail_sink import MailSink, Reply, running_mail_sink


def send(sink: MailSink, subject: str = "Ten minutes") -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "hello@mindmove.example", "anna@people.example"
    message.set_content("你好")
    message.add_alternative("<p>你好</p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=5) as smtp:
        smtp.send_message(message)


def test_mail_is_taken_and_readable() -> None:
    with running_mail_sink() as sink:
        send(sink)

        [mail] = sink.wait_for(1)

    assert mail.recipients == ("anna@people.example",)
    assert (mail.subject, mail.text.strip(), mail.html.strip()) == ("Ten minutes", "你好", "<p>你好</p>")
    assert sink.to("anna@people.example") == [mail]
    assert sink.to("ben@people.example") == []


@pytest.mark.parametrize(("reply", "code"), [(Reply.TEMPORARY, 451), (Reply.PERMANENT, 550)])
def test_refusal_is_told_once_as_scripted(reply: Reply, code: int) -> None:
    with running_mail_sink() as sink:
        sink.will(reply)

        with pytest.raises(smtplib.SMTPDataError) as refusal:
            send(sink)
        send(sink)

    assert refusal.value.smtp_code == code
    assert (sink.attempts, len(sink.mails)) == (2, 1)


@pytest.mark.parametrize(("reply", "taken"), [(Reply.DROP, 0), (Reply.TAKE_AND_DROP, 1)])
def test_line_goes_dead(reply: Reply, taken: int) -> None:
    with running_mail_sink() as sink:
        sink.default = reply

        with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
            send(sink)

    assert len(sink.mails) == taken


def test_a_domain_is_refused_and_others_are_not() -> None:
    with running_mail_sink() as sink:
        sink.towards = {"people.example": Reply.TEMPORARY}
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
            send(sink)
        sink.towards = {"elsewhere.example": Reply.TEMPORARY}
        send(sink)

    assert refusal.value.recipients["anna@people.example"][0] == 451
    assert (len(sink.mails), sink.tries["anna@people.example"]) == (1, 2)


def test_greylisted_is_taken_the_second_time() -> None:
    with running_mail_sink() as sink:
        sink.towards = {"people.example": Reply.GREYLIST}
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            send(sink)
        send(sink)

    assert len(sink.mails) == 1
