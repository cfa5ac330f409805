"""The key pair of the site."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from notifications.checks import push_has_a_key
from notifications.push import vapid


def test_a_printed_key_is_one_to_sign_with(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_vapid_key")
    settings.VAPID_PRIVATE_KEY = capsys.readouterr().out.strip()

    assert len(vapid.public_key()) == 87
    assert push_has_a_key(None) == []


def test_a_developers_key_is_made_once_and_for_the_owner_alone(settings: Any, tmp_path: Path) -> None:
    settings.VAPID_KEY_FILE = tmp_path / "deep" / "vapid.key"
    ask = "import sys, pathlib; from notifications.push import vapid; print(vapid._kept_in(pathlib.Path(sys.argv[1])))"
    words = [sys.executable, "-c", ask, str(settings.VAPID_KEY_FILE)]

    herd = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    found = {process.communicate()[0].strip() for process in herd}

    assert len(found) == 1
    assert settings.VAPID_KEY_FILE.stat().st_mode & 0o077 == 0
    assert vapid.is_set_up()


def test_production_without_a_key_says_so_and_with_a_wrong_one_stops(settings: Any) -> None:
    settings.VAPID_KEY_FILE = None
    assert [found.id for found in push_has_a_key(None)] == ["notifications.W001"]
    assert (vapid.is_set_up(), vapid.public_key()) == (False, "")

    settings.VAPID_PRIVATE_KEY = "not-a-key"
    assert [found.id for found in push_has_a_key(None)] == ["notifications.E001"]
