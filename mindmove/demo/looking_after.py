"""Something for the demo's moderator to look at, and a word of warning that waits for an answer."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from groups.models import Event
from moderation.models import Decision
from moderation.services.appeals import answer_appeal, appeal
from moderation.services.decisions import decide
from moderation.services.reports import report
from moderation.subjects import kind_or_404

type Row = dict[str, Any]


def add_report(row: Row, people: dict[str, User], *, now: datetime) -> None:
    """Let somebody report an event or a person, and with `decided` let the moderator answer."""
    subject = kind_or_404(row["kind"])
    about = people[row["person"]] if row["kind"] == "person" else Event.objects.filter(title=row["title"]).first()
    if about is None:
        return
    asked_at = now - timedelta(days=row["days_ago"])
    by, said = people[row["by"]], {"reason": row["reason"], "words": row["words"]}
    report(subject=subject, row=about, reporter=by, now=asked_at, **said)
    if "decided" in row:
        decided = {"act": row["decided"], "words": row["answer"], "now": asked_at + timedelta(hours=5)}
        decision = decide(about_kind=subject.kind, about_id=about.uuid, by=people["moderator"], **decided)
        _appeal(row.get("appeal", {}), decision, people, now=asked_at + timedelta(hours=30))


def _appeal(row: Row, decision: Decision, people: dict[str, User], *, now: datetime) -> None:
    """Let the person say that it is wrong, and with `answer` let the operator answer."""
    if not row:
        return
    said = appeal(decision=decision, words=row["words"], now=now)
    if "answer" in row:
        answered = {"outcome": row["outcome"], "answer": row["answer"], "now": now + timedelta(hours=9)}
        answer_appeal(appeal=said, by=people["admin"], **answered)
