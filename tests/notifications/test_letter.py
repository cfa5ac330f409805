"""A mail as bytes: whatever language it is in, mail programs read what was written."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from notifications.letter import Letter

LONG = "https://mindmove.example/messages/stop/" + "a" * 60 + "/"


def sent(**fields: object) -> EmailMessage:
    said = {"subject": "Hello", "body": "A text\n", "from_email": "MindMove <hello@mindmove.example>", "to": ["a@b.c"]}
    letter = Letter(**{**said, **fields})
    letter.attach_alternative(f"<p>{letter.body}</p>", "text/html")
    source = letter.message().as_bytes()
    assert b"\n" not in source.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in source.split(b"\r\n"))
    read = message_from_bytes(source, policy=policy.default)
    assert not read.defects
    return read  # type: ignore[return-value]


@pytest.mark.parametrize(
    "text",
    [
        "Plain.\n",
        "It’s “you” = me.\n.\n..\nFrom here\n",
        "你好，世界。\n" * 50,
        "x" * 2000 + " \n",
        "--=_next_part\n",
        "🙂\n",
    ],
)
def test_what_is_read_is_what_was_written(text: str) -> None:
    read = sent(body=text)

    assert read.get_body(("plain",)).get_content().replace("\r\n", "\n") == text
    assert text.strip() in read.get_body(("html",)).get_content()


@pytest.mark.parametrize("subject", ["Short", "一个与你有关的决定" * 9, "Long " * 40 + "end"])
def test_a_subject_in_any_script(subject: str) -> None:
    assert sent(subject=subject)["Subject"] == subject


def test_an_address_to_follow_stays_whole() -> None:
    letter = Letter(subject="x", body="x", to=["a@b.c"], headers={"List-Unsubscribe": f"<{LONG}>"})

    assert f"\r\nList-Unsubscribe: <{LONG}>\r\n".encode() in letter.message().as_bytes()


def test_names_of_servers_in_any_script() -> None:
    read = sent(to=["a@bücher.example"], from_email="心动 <hello@mindmove.example>")

    assert read["To"] == "a@xn--bcher-kva.example"
    assert read["From"] == "心动 <hello@mindmove.example>"


@pytest.mark.parametrize("field", ["subject", "to"])
def test_no_header_slips_in(field: str) -> None:
    wicked = "a@b.c\r\nBcc: everybody@b.c"

    with pytest.raises(ValueError, match="line's end"):
        sent(**{field: [wicked] if field == "to" else wicked})
