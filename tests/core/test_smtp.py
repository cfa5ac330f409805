"""Addresses for the envelope: the plain ones at once, and every other as Django takes it."""

import pytest
from django.core.mail.backends import smtp

from core.smtp import PLAIN, EmailBackend

OURS, USUAL = EmailBackend.__new__(EmailBackend), smtp.EmailBackend.__new__(smtp.EmailBackend)  # no connection is made
PLAIN_ONES = ["mika@people.example", "Name Of It <mika@people.example>", "a.b+c@x-y.example"]
OTHERS = ["webmaster", "“Mika” <mika@people.example>", "mika@bücher.example", '"a b"@people.example']
WICKED = ["mika@people.example\r\nRCPT TO:<x@y.example>", "mika@people.example\n", "Name <mika@people.example"]
NONE = ["mika@people.example>", "a@b.example, c@d.example", "a..b@people.example", "mïka@people.example", ""]


@pytest.mark.parametrize("address", [*PLAIN_ONES, *OTHERS])
def test_it_takes_what_the_library_takes(address: str) -> None:
    assert OURS.prep_address(address) == USUAL.prep_address(address)


@pytest.mark.parametrize("address", [*WICKED, *NONE])
def test_it_refuses_what_the_library_refuses(address: str) -> None:
    with pytest.raises(ValueError, match="Invalid address"):
        USUAL.prep_address(address)
    with pytest.raises(ValueError, match="Invalid address"):
        OURS.prep_address(address)


@pytest.mark.parametrize("address", PLAIN_ONES)
def test_most_addresses_are_plain(address: str) -> None:
    assert PLAIN.fullmatch(address)
