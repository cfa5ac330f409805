"""What is run once asks for nothing, and what asks for something is run in both passes."""

import pytest

from tests.kit.services import knows_no_service


def test_arithmetic_is_run_once(request: pytest.FixtureRequest) -> None:
    assert knows_no_service(request.node)


def test_a_fixture_that_leads_to_the_tables_is_found(request: pytest.FixtureRequest, cast: object) -> None:
    assert not knows_no_service(request.node)


@pytest.mark.django_db
def test_a_mark_is_found(request: pytest.FixtureRequest) -> None:
    assert not knows_no_service(request.node)


def test_what_is_run_once_is_refused_the_tables() -> None:
    from accounts.models import User  # noqa: PLC0415 - the model is of no use to the others

    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()
