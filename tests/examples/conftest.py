"""The real content where the live server sees it."""

import pytest

from library.services.content import load_library
from plans.services.content import load_plans


@pytest.fixture
def content(transactional_db: None) -> None:
    """Load it; it is gone after the test."""
    load_library()
    load_plans()
