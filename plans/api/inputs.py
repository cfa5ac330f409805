"""What the API takes. Related rows are found only among those that the person may see."""

from collections.abc import Callable, Mapping
from datetime import time
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import BigIntegerField
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from core.api import PresentedSerializer
from library.few import few_for
from library.models import ExerciseType
from plans.api.serializers import CueSerializer
from plans.models import Enrollment, Session, SessionLog
from plans.models.templates import Intensity
from plans.services.log_subject import find_step
from plans.services.own_copies import find_to_follow

GONE = "No longer there, or never: it goes without."


class VisibleField(serializers.SlugRelatedField[Any]):
    """Takes a slug, UUID or id; what the person may not see is answered as if it did not exist."""

    def __init__(self, model: Any, slug_field: str, *, bringing: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.model, self.bringing = model, bringing
        super().__init__(slug_field=slug_field, **kwargs)

    def get_queryset(self) -> Any:
        rows = self.model.objects.visible_to(self.context["request"].user)
        return rows.select_related(*self.bringing) if self.bringing else rows

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str | int) or isinstance(data, bool):
            self.fail("invalid")
        try:
            return super().to_internal_value(data)
        except (OverflowError, ValidationError):
            self.fail("does_not_exist", slug_name=self.slug_field, value=str(data))


@extend_schema_field(serializers.SlugField)
class SlugField(VisibleField):
    pass


@extend_schema_field(serializers.SlugField)
class OneOfFewField(VisibleField):
    """Takes the slug of a kind or a mechanism: all are read once, however many a document names, and however often."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str | int) or isinstance(data, bool):
            self.fail("invalid")
        context = cast("dict[str, Any]", self.context)  # of the whole document
        if "few" not in context:
            context["few"] = few_for(context["request"].user)
        if str(data) not in (few := context["few"][self.model]):
            self.fail("does_not_exist", slug_name=self.slug_field, value=str(data))
        return few[str(data)]


@extend_schema_field(serializers.UUIDField)
class UuidField(VisibleField):
    pass


class FoundField(VisibleField):
    """Looked up by a function of the service that will act on it: with its lock, and with all that this needs.

    The function takes the person and the lookup, and raises DoesNotExist. The view opens the transaction.
    """

    def __init__(self, find: Callable[..., Any], slug_field: str, **kwargs: Any) -> None:
        self.find = find
        super().__init__(None, slug_field, **kwargs)

    def get_queryset(self) -> Any:
        return SimpleNamespace(get=partial(self.find, self.context["request"].user))


@extend_schema_field(serializers.SlugField)
class FoundSlugField(FoundField):
    pass


@extend_schema_field(serializers.UUIDField)
class FoundUuidField(FoundField):
    pass


class BroughtField(VisibleField):
    """Looked up with the step of the document (`OfStepSerializer`): the step itself, or what it has at hand as `by`."""

    def __init__(self, model: Any, slug_field: str, *, by: str = "", **kwargs: Any) -> None:
        self.by = by
        super().__init__(model, slug_field, **kwargs)

    def get_queryset(self) -> Any:
        return SimpleNamespace(get=self._get)

    def _get(self, **lookup: Any) -> Any:
        step = cast("OfStepSerializer", self.parent).step
        row = getattr(step, self.by) if self.by and step else step
        is_meant = row is not None and str(getattr(row, self.slug_field)) == str(lookup[self.slug_field])
        return row if is_meant else super().get_queryset().get(**lookup)


class BroughtSlugField(BroughtField, SlugField):
    pass


class PerhapsGoneField(BroughtField):
    """None where nothing is there: it may have gone while a phone was away, and what was done is noted without it.

    What is somebody else's, or never was, is answered alike. What can be no key at all is refused.
    """

    key: serializers.Field[Any, Any, Any, Any]

    def to_internal_value(self, data: Any) -> Any:
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as error:
            if error.get_codes() != ["does_not_exist"]:
                raise
        self.key.run_validation(data)
        return None


class BroughtUuidField(PerhapsGoneField, UuidField):
    key = serializers.UUIDField()


@extend_schema_field(serializers.IntegerField)
class BroughtIdField(PerhapsGoneField):
    key = serializers.IntegerField(min_value=1, max_value=BigIntegerField.MAX_BIGINT)


class FollowingChangeSerializer(PresentedSerializer[Any]):
    """Days, times and words of a plan; what is left out stays.

    With `times_a_week` any day will do, and the cues only remind: there may be none. Null: the cues are the days.
    """

    starts_on = serializers.DateField()
    cues = CueSerializer(many=True, required=False)
    times_a_week = serializers.IntegerField(min_value=1, max_value=14, required=False, allow_null=True)
    when_text = serializers.CharField(max_length=200)
    then_text = serializers.CharField(max_length=200)
    obstacle_text = serializers.CharField(max_length=200, required=False, allow_blank=True)
    instead_text = serializers.CharField(max_length=200, required=False, allow_blank=True)

    def validate_cues(self, cues: list[dict[str, Any]]) -> list[tuple[int, time]]:
        return [(cue["weekday"], cue["at_time"]) for cue in cues]


class FollowSerializer(FollowingChangeSerializer):
    """Start following a plan.

    Before the first vigorous plan `readiness/` wants an answer (`readiness_needed`); after a yes, `has_asked`.
    """

    template = FoundSlugField(find_to_follow, "slug")
    has_asked = serializers.BooleanField(required=False)


class LogChangeSerializer(PresentedSerializer[Any]):
    """What may be changed in a log; what is left out stays. A `guess` may be repeated, not changed (`guess_locked`)."""

    exercise_type = SlugField(ExerciseType, "slug", required=False)
    minutes = serializers.IntegerField(min_value=1, max_value=1440)
    intensity = serializers.ChoiceField(choices=Intensity.choices)
    is_floor = serializers.BooleanField(required=False)
    title = serializers.CharField(max_length=80, required=False, allow_blank=True)
    distance_m = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False, allow_null=True)
    guess = serializers.IntegerField(min_value=1, max_value=7, required=False, allow_null=True)
    mood_before = serializers.IntegerField(min_value=1, max_value=7, required=False, allow_null=True)
    mood_after = serializers.IntegerField(min_value=1, max_value=7, required=False, allow_null=True)
    mastery = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    pleasure = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    setting = serializers.ChoiceField(choices=SessionLog.Setting.choices, required=False, allow_blank=True)
    company = serializers.ChoiceField(choices=SessionLog.Company.choices, required=False, allow_blank=True)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    done_at = serializers.DateTimeField(required=False)


class OfStepSerializer(PresentedSerializer[Any]):
    """What is begun or noted: the query for a step that is named brings along what is followed, and the kind."""

    enrollment = BroughtUuidField(Enrollment, "uuid", by="followed_by", required=False, allow_null=True, help_text=GONE)
    session = BroughtIdField(
        Session, "pk", bringing=("week__template", "exercise_type"), required=False, allow_null=True, help_text=GONE
    )

    def to_internal_value(self, data: Any) -> Any:
        self.step = _step_of(self.context["request"].user, data if isinstance(data, Mapping) else {})
        values = super().to_internal_value(data)
        self.is_step_gone = data.get("session") is not None and values["session"] is None
        return values


def _step_of(person: User, said: Mapping[str, Any]) -> Session | None:
    """Return the step that is named, with all that comes along; None where each field has to look for itself."""
    if isinstance(said.get("session"), bool | None):
        return None
    try:
        return find_step(person, said["session"], enrollment=said.get("enrollment"), kind=said.get("exercise_type"))
    except (ObjectDoesNotExist, OverflowError, TypeError, ValueError, ValidationError):
        return None


class NewLogSerializer(OfStepSerializer, LogChangeSerializer):
    """Note something done. `uuid` made by the client: sending twice makes one row.

    With the `uuid` of a beginning it takes over step, start and guess. A step lends its kind, minutes and effort. One
    that is no longer there lends nothing: `exercise_type` and `minutes` are wanted then, and the effort is moderate
    unless `intensity` says another.
    """

    minutes = serializers.IntegerField(min_value=1, max_value=1440, required=False)
    intensity = serializers.ChoiceField(choices=Intensity.choices, required=False)
    uuid = serializers.UUIDField(required=False)
    started_at = serializers.DateTimeField(required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    exercise_type = BroughtSlugField(ExerciseType, "slug", by="kind_said", required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"intensity": Intensity.MODERATE, **attrs} if self.is_step_gone else attrs
