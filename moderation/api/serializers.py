"""The shapes of reports, decisions and appeals. Input is cleaned here; services keep it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import PresentedSerializer
from moderation.models import Appeal, Decision, Report
from moderation.pages import DecisionPage, ReportLine
from moderation.subjects import all_kinds, label_of


class KindField(serializers.ChoiceField):
    """A kind of thing that can be reported, as the apps above made them known."""

    def __init__(self, **how: Any) -> None:
        super().__init__(choices=[(kind, label_of(kind)) for kind in all_kinds()], **how)


@extend_schema_field(KindField)
class NamedKindField(serializers.SlugField):
    """A kind that is asked after: one that there is none of is not found."""


class ReportSerializer(PresentedSerializer[ReportLine]):
    """A report of mine, and what became of it in words (`outcome`)."""

    uuid = serializers.UUIDField(source="report.uuid", read_only=True)
    about_kind = KindField(source="report.about_kind", read_only=True)
    about_id = serializers.UUIDField(source="report.about_id", read_only=True)
    reason = serializers.ChoiceField(source="report.reason", choices=Report.Reason.choices, read_only=True)
    words = serializers.CharField(source="report.words", read_only=True)
    status = serializers.ChoiceField(source="report.status", choices=Report.Status.choices, read_only=True)
    outcome = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(source="report.created_at", read_only=True)


class NewReportSerializer(serializers.Serializer[Any]):
    """`about_kind` is e.g. `post`, `event`, `group` or `person`; `about_id` its UUID."""

    about_kind = NamedKindField(max_length=20)
    about_id = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=Report.Reason.choices)
    words = serializers.CharField(max_length=1000, allow_blank=True, default="")


class AppealSerializer(PresentedSerializer[Appeal]):
    words = serializers.CharField(read_only=True)
    outcome = serializers.ChoiceField(choices=Appeal.Outcome.choices, read_only=True)
    answer = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    answered_at = serializers.DateTimeField(read_only=True, allow_null=True)


class NewAppealSerializer(serializers.Serializer[Any]):
    words = serializers.CharField(max_length=2000)


class DecisionSerializer(PresentedSerializer[DecisionPage]):
    """A decision about me or something of mine. Who decided it, and whether anybody reported, is not told."""

    uuid = serializers.UUIDField(source="decision.uuid", read_only=True)
    about_kind = KindField(source="decision.about_kind", read_only=True)
    act = serializers.ChoiceField(source="decision.act", choices=Decision.Act.choices, read_only=True)
    until_at = serializers.DateTimeField(source="decision.until_at", read_only=True, allow_null=True)
    what = serializers.CharField(read_only=True)
    effect = serializers.CharField(read_only=True)
    words = serializers.CharField(source="decision.words", read_only=True)
    undone_at = serializers.DateTimeField(source="decision.undone_at", read_only=True, allow_null=True)
    may_appeal = serializers.BooleanField(read_only=True)
    appeal = AppealSerializer(read_only=True, allow_null=True)
    created_at = serializers.DateTimeField(source="decision.created_at", read_only=True)


class WholeDecisionSerializer(DecisionSerializer):
    """A decision, and the words that it is about."""

    about = serializers.CharField(
        read_only=True,
        help_text="What it is about, as it says now; empty when that is the person, or is gone, or is no longer theirs "
        "to see.",
    )
