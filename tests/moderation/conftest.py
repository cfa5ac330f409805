"""Two moderators, and a post that somebody in the group finds unkind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from groups.models import Post
from moderation.models import Appeal, Decision, Report
from moderation.services.appeals import answer_appeal, appeal
from moderation.services.decisions import decide
from moderation.services.moderators import make_moderator
from moderation.services.reports import report
from moderation.subjects import kind_or_404
from tests.kit.cast import Cast, make_person


@dataclass(frozen=True)
class Case:
    """A post of `author` (the cast's host), reported by `reporter` (the cast's member)."""

    post: Post
    author: User
    reporter: User
    moderator: User
    other: User
    now: datetime

    def report(self, by: User | None = None, kind: str = "post", **fields: object) -> Report:
        row = self.author if kind == "person" else self.post
        said = {"reason": "unkind", "words": "This hurts.", "now": self.now, **fields}
        return report(subject=kind_or_404(kind), row=row, reporter=by or self.reporter, **said)

    def decide(self, act: str, kind: str = "post", **fields: object) -> Decision:
        about = self.author.uuid if kind == "person" else self.post.uuid
        said = {"words": "Please be kinder.", "by": self.moderator, "now": self.now, **fields}
        return decide(about_kind=kind, about_id=about, act=act, **said)

    def appeal(self, decision: Decision, **fields: object) -> Appeal:
        return appeal(decision=decision, **{"words": "I meant it well.", "now": self.now, **fields})

    def answer(self, made: Appeal, outcome: str = "granted", **fields: object) -> Appeal:
        said = {"by": self.other, "answer": "You are right.", "now": self.now, **fields}
        return answer_appeal(appeal=made, outcome=outcome, **said)


@pytest.fixture
def moderator() -> Callable[[str], User]:
    def make(name: str) -> User:
        person = make_person(name)
        make_moderator(person=person)
        return person

    return make


@pytest.fixture
def case(cast: Cast, now: datetime, moderator: Callable[[str], User]) -> Case:
    post = Post.objects.create(group=cast.group, author=cast.host, text="Slowpokes stay home.", created_at=now)
    for person in (cast.host, cast.member):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return Case(post, cast.host, cast.member, moderator("moira"), moderator("milo"), now)
