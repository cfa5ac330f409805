"""Sends to every operation of the API what its document allows and what not, and gathers what is not as told."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from django.test.utils import override_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case
from schemathesis.checks import CHECKS
from schemathesis.core.failures import FailureGroup

from accounts.models import User
from mindmove.wsgi import application
from tests.access.doors import objects
from tests.kit.world import World

# A rule of ours refuses with 400 what the shape allows, and what a shape does not name is left unread.
NOT_TRUE_HERE = {"positive_data_acceptance", "negative_data_rejection"}
type Found = dict[str, str]


def fuzz(world: World, person: User | None, *, examples: int, part: slice = slice(None), start: int = 1) -> Found:
    """Return what went otherwise than the document says: operation → what. Nothing that is sent leaves a trace."""
    headers = {"X-Session-Token": _token_of(person)} if person else {}
    found: Found = {}
    with override_settings(ALLOWED_HOSTS=["*"]), _one_connection():
        api = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
        operations = [operation.ok() for operation in api.get_all_operations()]
        for operation in operations[part]:
            try:
                _try(operation, world, headers, examples, start)
            except FailureGroup as group:
                found[operation.label] = "\n".join(str(one) for one in group.exceptions)
            except Exception as error:  # noqa: BLE001 - a fault of the site comes through as itself
                found[operation.label] = f"{type(error).__name__}: {error}"
    return found


def _try(operation: Any, world: World, headers: dict[str, str], examples: int, start: int) -> None:
    variants = list(_real(operation.path, world))
    left_out = [check for check in CHECKS.get_all() if check.__name__ in NOT_TRUE_HERE]
    choose = random.Random(start)

    @seed(start)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def one(case: Case) -> None:
        if variants and choose.random() < 0.8:
            case.path_parameters = {**case.path_parameters, **choose.choice(variants)}
        with transaction.atomic():
            try:
                case.call_and_validate(headers=dict(headers), excluded_checks=left_out)
            finally:
                transaction.set_rollback(True)

    one()


def _real(path: str, world: World) -> Iterator[dict[str, Any]]:
    """Yield what fills the blanks of an address with things that are there."""
    names = set(re.findall(r"{(\w+)}", path))
    pattern = re.sub(r"{(\w+)}", r"<\1>", path)
    found = next((variants for regex, variants in objects(world).items() if re.match(regex, pattern)), {})
    for values in found.values() if names else ():
        if fitting := {name: str(value) for name, value in values.items() if name in names}:
            yield fitting


def _token_of(person: User) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.session.session_key)


@contextmanager
def _one_connection() -> Iterator[None]:
    """Keep the site from closing the connection, and with it the transaction, after each request."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        yield
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)
