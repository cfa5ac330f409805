"""Every code of an error is read from the source, in whatever way it is said there."""

import ast

import pytest

from mindmove.openapi.codes import codes
from mindmove.openapi.raised import Raised, Unread, made_by, raised
from mindmove.openapi.source import Module, calls

pytestmark = pytest.mark.django_db

# Where an error is made whose code or words cannot be read there, and why that is well.
PASSED_ON = {
    "accounts.once._refused": "as a service raised it",
    "accounts.once._replay": "as the framework has it",
    "accounts.services.profile._check": "`invalid`, in the words of the field",
    "core.problems.problem_handler": "as it was raised",
    "core.program_input._in_shape": "as the framework has it",
    "core.program_input._refusal": "as the reader of JSON raised it",
    "library.services.gate.NotReady.__init__": "the first of those that are made there",
    "library.services.gate.refusals": "as one of a part has it",
    "library.services.versions.restore": "in the admin alone",
    "plans.api.own.OwnPlans.handle_exception": "as the gate raised it",
    "plans.services.gate.NotReady.__init__": "`not_publishable`, in the words of what a plan lacks",
}


def test_what_makes_an_error_says_its_code_so_that_it_can_be_read() -> None:
    assert {one.where for one in raised() if isinstance(one, Unread)} == PASSED_ON.keys()


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ("not_a_host", 403, ""),  # where it is raised
        ("large", 400, "This file is larger than 10 MB."),  # in a table of another module
        ("picture_wide", 400, ""),  # in a table that its own class looks into
        ("rule_impossible", 400, "There is no day that fits this rule."),  # in a table whose keys are its end
        ("name_bidi", 400, ""),  # handed to a function
        ("suspended", 403, "Your account rests until"),  # what another function returns
        ("seats_taken", 400, "%(going)s people are going already"),  # of one and of many
        ("not_found", 404, "This invitation has ended."),  # by a class that says it itself
        ("goal", 400, "At most %(most)s."),  # under a name that stands for something else in the next function
        ("invalid_key", 400, ""),  # by a part of a module, some of it said before
        ("not_acceptable", 406, ""),
        ("not_publishable", 400, ""),
    ],
)
def test_it_is_listed(code: str, status: int, words: str) -> None:
    found = [row for row in codes() if (row["code"], row["status"]) == (code, status)]
    assert any(str(row["en"]).startswith(words) for row in found)
    assert all(row["zh-hans"] and row["zh-hans"] != row["en"] for row in found)


def test_a_code_that_cannot_be_read_would_be_seen() -> None:
    said = "from core.errors import InvalidInput\ndef no(error):\n    raise InvalidInput(error.code, str(error))\n"
    module = Module("somewhere", ast.parse(said))
    assert [call.lineno for call, place in calls(module) if made_by(call, place)] == [3]
    assert not any(one.code == "unheard_of" for one in raised() if isinstance(one, Raised))
