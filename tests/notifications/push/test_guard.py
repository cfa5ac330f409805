"""Promise I6: no request to an address a person chose, push services on the list aside, checked at connect."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from notifications.channels import Unreachable
from notifications.push.connection import Pinned, connect
from notifications.push.services import NotAllowed, is_public, parse_endpoint
from tests.kit.push_sink import PushSink, running_push_sink

LISTED = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.mark.parametrize(
    "address",
    [
        LISTED,
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/QG",
        "https://db5p.notify.windows.com:443/w/?token=x",
    ],
)
def test_push_services_are_on_the_list(address: str) -> None:
    found = parse_endpoint(address)

    assert (found.scheme, found.port, found.is_ours) == ("https", 443, False)


@pytest.mark.parametrize(
    "address",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://person@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilnotify.windows.com.example/x",
        "https://notify.windows.com/x",
        "https://evil-push.services.mozilla.com.example/",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "ftp://fcm.googleapis.com/x",
        "https://fcm.googleapis.com/\r\nHost: evil",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "https://[fcm.googleapis.com/x",
        "https://ｆcm.googleapis.com/x",
        "",
    ],
)
def test_nothing_else_is(address: str) -> None:
    with pytest.raises(NotAllowed):
        parse_endpoint(address)


def test_operators_add_their_own(settings: Any) -> None:
    settings.PUSH_SERVICES = [*settings.PUSH_SERVICES, "ntfy.example.org"]

    assert parse_endpoint("https://ntfy.example.org/up?x=1").target == "/up?x=1"


@pytest.mark.parametrize("address", ["142.250.1.1", "2a00:1450:4001:81b::200a"])
def test_the_open_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:142.250.1.1",
        "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2001:0:1:1:1:1:80ff:fffe",
    ],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.fixture
def victim() -> Iterator[PushSink]:
    """Something inside, which nobody outside is meant to reach."""
    with running_push_sink() as running:
        yield running


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch, victim: PushSink) -> dict[str, list[list[str]]]:
    """What names lead to, one list of addresses a look-up, the last for good; port 443 is the victim's."""
    book: dict[str, list[list[str]]] = {}
    looked_up, dialled = socket.getaddrinfo, socket.create_connection

    def look_up(host: str, port: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if host not in book:
            return list(looked_up(host, port, *args, **kwargs))
        answers = book[host].pop(0) if len(book[host]) > 1 else book[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answers]

    def dial(where: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        host, port = where
        address = look_up(host, port)[0][4][0] if host in book else host
        book.setdefault("dialled", []).append([address])
        if address != "127.0.0.1":
            raise ConnectionRefusedError
        return dialled((address, victim.port if port in {80, 443} else port), *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", dial)
    return book


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::ffff:127.0.0.1"])
def test_a_name_on_the_list_that_leads_inside_reaches_nothing(
    inside: str, names: dict[str, list[list[str]]], victim: PushSink
) -> None:
    names["fcm.googleapis.com"] = [["142.250.1.1", inside]]

    with pytest.raises(NotAllowed):
        connect(parse_endpoint(LISTED))

    assert "dialled" not in names


def test_control_an_unguarded_client_would_have_reached_it(names: dict[str, list[list[str]]], victim: PushSink) -> None:
    names["fcm.googleapis.com"] = [["127.0.0.1"]]
    plain = HTTPConnection("fcm.googleapis.com", timeout=5)

    plain.request("POST", "/fcm/send/abc", body=b"inside")
    status = plain.getresponse().status

    assert (status, victim.posts[0].path) == (201, "/fcm/send/abc")


def test_the_address_that_was_checked_is_the_one_spoken_to(names: dict[str, list[list[str]]], victim: PushSink) -> None:
    """The name leads outside when it is checked and inside a moment later; nobody asks it again."""
    names["fcm.googleapis.com"] = [["142.250.1.1"], ["127.0.0.1"]]

    with pytest.raises(Unreachable):
        connect(parse_endpoint(LISTED))

    assert names["dialled"] == [["142.250.1.1"]]
    assert victim.posts == []


def test_control_looking_up_twice_is_rebound(names: dict[str, list[list[str]]], victim: PushSink) -> None:
    names["fcm.googleapis.com"] = [["142.250.1.1"], ["127.0.0.1"]]
    checked = all(is_public(where[0]) for *_, where in socket.getaddrinfo("fcm.googleapis.com", 80))
    plain = HTTPConnection("fcm.googleapis.com", timeout=5)

    plain.request("POST", "/fcm/send/abc", body=b"inside")

    assert checked
    assert plain.getresponse().status == 201
    assert len(victim.posts) == 1


def test_the_environments_proxy_is_not_asked(
    names: dict[str, list[list[str]]], victim: PushSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{victim.port}")
    names["fcm.googleapis.com"] = [["142.250.1.1"]]

    with pytest.raises(Unreachable):
        connect(parse_endpoint(LISTED))
    assert names["dialled"] == [["142.250.1.1"]]


def test_tls_is_asked_of_every_service(names: dict[str, list[list[str]]], victim: PushSink) -> None:
    """What answers without a certificate for the name hears nothing of the message."""
    connection = Pinned(parse_endpoint(LISTED), ["127.0.0.1"])

    with pytest.raises(OSError, match=r"(?i)ssl|wrong|record|eof|timed"):
        connection.connect()
    assert victim.posts == []
