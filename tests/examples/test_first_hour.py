"""docs/api.md is a first hour that works: every command on it is run against the live server, as it stands there."""

import os
import re
import shutil
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.accounts.entrance.phone import code_in
from tests.journeys.conftest import Club, club, sink
from tests.kit.cast import make_group
from tests.kit.first_hour import Block, blocks, walk
from tests.kit.mail_sink import MailSink
from tests.kit.source import ROOT

__all__ = ["club", "sink"]

PAGE = ROOT / "docs" / "api.md"
LACKING = [tool for tool in ("bash", "curl", "jq") if not shutil.which(tool)]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(LACKING) and not os.environ.get("CI"), reason=f"needs {LACKING}"),
]


def test_every_command_of_the_page_does_what_the_page_says(
    club: Club, sink: MailSink, live_server: LiveServer, settings: Any
) -> None:
    settings.SITE_ORIGIN = live_server.url
    make_group(slug="evening-ferns", name="Evening Ferns", owner=club.cast.host)  # two, so that lists have pages
    found = blocks(PAGE)

    printed = walk(found, {"PATH": os.environ["PATH"], "SITE": live_server.url}, lambda asked: code_for(asked, sink))

    assert len(printed) == len(found) > 5
    differing = [(block, said) for block, said in zip(found, printed, strict=True) if not block.agrees(said)]
    assert not differing, "\n".join(f"{block.commands}\nprints\n{said}" for block, said in differing)


def code_for(asked: str, sink: MailSink) -> str:
    """Read the code where the person would: in the mail to the address that the question names."""
    address = re.search(r"\S+@[\w.]+", asked)
    assert address, asked
    sink.wait_for(1)
    return code_in(sink.to(address.group())[-1].text)


def test_another_output_would_be_seen() -> None:
    block = Block("echo one", "[200,…]\n")
    assert block.agrees("[200,true]\n")
    assert not block.agrees("[400,true]\n")
    assert not Block("echo", "one\n").agrees("one\ntwo\n")


def test_a_command_that_fails_would_be_seen() -> None:
    with pytest.raises(AssertionError, match="it broke"):
        walk([Block("echo it broke; false", None)], dict(os.environ), str)
