"""The API: who is asking, how often, in what shape, and how it describes itself."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from core.app_names import Version, app_of

env = environ.Env()
API_FORM_MOST_BYTES = 12 * 1024 * 1024  # a picture or a track of 10 MB, and what is said with it

# How much of the API is asked in a minute; 0: as much as one likes (accounts/limits.py)
API_LIMITS = {
    "token": env.int("API_LIMIT_TOKEN", default=300),
    "person": env.int("API_LIMIT_PERSON", default=600),
    "address": env.int("API_LIMIT_ADDRESS", default=300),  # visitors, of whom many may share one
}


def app_minimums(said: list[str]) -> dict[str, Version]:
    """Return the oldest version of each app that the site goes on with. Raises ImproperlyConfigured."""
    apps = [app_of(one.strip(), between="=") for one in said]
    if None in apps:
        raise ImproperlyConfigured("API_APP_MINIMUMS is name=version, comma separated: mindmove-phone=1.4,walks=2.0.1")
    return dict(app for app in apps if app)


API_APP_MINIMUMS = app_minimums(env.list("API_APP_MINIMUMS", default=[]))  # accounts/app_versions.py

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.SessionTokenAuthentication",
        "accounts.api.authentication.AccessTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.permissions.DenyAll"],
    "DEFAULT_RENDERER_CLASSES": ["core.json_output.JSONOutput"],
    "DEFAULT_PARSER_CLASSES": ["core.json_input.JSONInput"],
    "DEFAULT_PAGINATION_CLASS": "core.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "core.openapi.HouseSchema",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS is 405: the document says what each door takes
    "EXCEPTION_HANDLER": "core.problems.problem_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "PAGE_SIZE": 20,
    "URL_FORMAT_OVERRIDE": None,  # the header `Accept` says it
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "MindMove API",
    "DESCRIPTION": (
        "Everything that members do on the web. Errors are problem details (RFC 9457); their codes stand in "
        "`x-problem-codes`, in both languages. A first hour: `docs/api.md`."
    ),
    "LICENSE": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "accounts.api.schema.with_keys",
        "mindmove.openapi.finish.finished",
    ],
    "ENUM_NAME_OVERRIDES": {  # two fields of one name need names of their own in clients
        "GroupKindEnum": "groups.models.Group.Kind",
        "DeviceKindEnum": "notifications.models.PushSubscription.Kind",
        "TokenKindEnum": "accounts.models.AccessToken.Kind",
        "AnswerStatusEnum": "groups.models.Rsvp.Status",
        "EventSettingEnum": "groups.models.Event.Setting",
        "EventCompanyEnum": "groups.models.Event.Company",
        "BuddyWordEnum": "groups.models.BuddyWord.Word",
        "DecisionActEnum": "moderation.models.Decision.Act",
        "ReportReasonEnum": "moderation.models.Report.Reason",
        "CompanyWishedEnum": "mindmove.start.decision.Company",
        "LogCompanyEnum": "plans.models.SessionLog.Company",
        "PauseReasonEnum": "plans.models.Pause.Reason",
        "PageKindEnum": ["mechanism", "need", "exercise_type"],
        "LogSettingEnum": "plans.models.SessionLog.Setting",
        "RestReasonEnum": "plans.rest.Reason",
        "StepUnitEnum": "plans.models.Session.Unit",
        "GoalUnitEnum": "groups.models.Goal.Unit",
        "RelationKindEnum": "library.models.Relation.Kind",
        "EventStatusEnum": "groups.models.Event.Status",
        "BasisEnum": ["evidence", "inference", "source"],
        "ClaimBasisEnum": "library.models.Claim.Basis",
        "EvidenceGradeEnum": "library.models.EvidenceGrade",
        "RedFlagActionEnum": "library.models.RedFlag.Action",
        "SafetyActionEnum": "library.models.SafetyText.Action",
        "HorizonEnum": "library.models.Horizon",
        "CitationKindEnum": "library.models.Citation.Kind",
        "HelpLineKindEnum": "library.models.HelpLine.Kind",
        "WayEnum": "plans.models.Turn.Way",
        "ScaleKeyEnum": ["gad7", "phq8", "who5"],
        "EffortEnum": "groups.models.Group.Effort",
        "DoseEffortEnum": ["light", "moderate", "vigorous"],
        "BandEnum": ["not_yet", "started", "half_and_more", "guideline", "above"],
    },
}
