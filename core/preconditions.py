"""Changing what one has read: a strong `ETag` with each thing, and `If-Match` on what changes it (RFC 9110).

The tag is a digest of the answer as it is given, so it differs from language to language and from person to person, and
changes with what is derived (how many are going). What was read in one language may be changed in another.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import DomainError
from core.held import hold, holding
from core.json_output import JSONOutput
from core.visibility import get_still

MATCH, NONE_MATCH = "If-Match", "If-None-Match"


class Changed(DomainError):
    """It is not what the caller has read."""

    status = 412


class Unconditional(DomainError):
    """Others write here too, so a change has to say what it is a change of."""

    status = 428


def tag_of(shown: Any) -> str:
    """Return the strong entity tag of what is shown."""
    return f'"{hashlib.sha256(JSONOutput().render(shown)).hexdigest()[:32]}"'


class Conditional(APIView):
    """A view of things that can be changed: the one mechanism of `ETag`, `If-None-Match` and `If-Match`.

    An act that heeds `If-Match` runs in one transaction, in which the row is looked up and locked in one, compared
    where it is asked for, and then held (`core.held`); the service runs in it as well, and takes the same lock first.
    What was sent is there by then (`core.program_input`); such an act takes no files.
    What a view says of itself stands in the three sets (names of actions, or of methods where there are none) and in
    `rows_acted_on`, `lock` and `current`.
    """

    tagged_acts: ClassVar[set[str]] = {"create", "retrieve", "update", "partial_update"}  # answered with a tag
    matching_acts: ClassVar[set[str]] = {"update", "partial_update", "destroy"}  # heed `If-Match`
    strict_acts: ClassVar[set[str]] = set()  # refused without it: two people may be writing
    keeps_key: ClassVar[bool] = False  # others may write rows that point to it meanwhile (FOR NO KEY UPDATE)

    def rows_acted_on(self) -> Any:
        """Return what may be acted on, as the caller may see it; what is only shown of it need not come along."""
        return self.get_queryset()  # type: ignore[attr-defined]

    def lock(self, rows: Any) -> Any:
        """Return the rows so that they are locked when they are read, as the service does that will change them."""
        return rows.select_for_update(no_key=self.keeps_key, of=("self",))

    def row(self, *, is_locked: bool = False) -> Any:
        """Return what is acted on, or raise 404; looked up and locked in one when it `is_locked`."""
        rows, field = self.filter_queryset(self.rows_acted_on()), self.lookup_field  # type: ignore[attr-defined]
        return get_object_or_404(self.lock(rows) if is_locked else rows, **{field: self.kwargs[field]})

    @cached_property
    def acted_on(self) -> Any:
        """What is acted on, looked up once. A service that changes it wants its lock: an act that matches has it."""
        return self.row()

    @property
    def held_row(self) -> Any:
        """What was looked up and locked for the act; None for an act that heeds no `If-Match`."""
        return self.__dict__.get("acted_on")

    def current(self, row: Any) -> Any:
        """Return what is shown of it now, read anew, or raise 404 when the caller sees it no more."""
        return self.get_serializer(get_still(self.get_queryset(), row)).data  # type: ignore[attr-defined]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        act = getattr(self, "action_map", {}).get(str(request.method).lower(), str(request.method).lower())
        if request.method in SAFE_METHODS or act not in self.matching_acts:
            return super().dispatch(request, *args, **kwargs)
        with holding():  # a refusal is no error here: services undo themselves, what they count stays
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        wanted = request.headers.get(MATCH)
        if self._act in self.matching_acts:
            self._hold(wanted)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(response, Response) and self._act in self.tagged_acts and not response.exception:
            _tag(request, response)
        return super().finalize_response(request, response, *args, **kwargs)

    @property
    def _act(self) -> str:
        return getattr(self, "action", None) or str(self.request.method).lower()

    def _hold(self, wanted: str | None) -> None:
        is_refused = wanted is None and self._act in self.strict_acts
        row = self.acted_on = self.row(is_locked=not is_refused)
        if is_refused:
            raise Unconditional("precondition_required", _("Say in If-Match which version this changes."))
        hold(row)
        if wanted is None:
            return
        try:
            fits = "*" in (known := parse_etags(wanted)) or any(tag in known for tag in self._tags(row))
        except ObjectDoesNotExist as error:
            raise Http404 from error
        if not fits:
            raise Changed("precondition_failed", _("This has changed since you read it. Please read it again first."))

    def _tags(self, row: Any) -> Iterator[str]:
        """Yield the tag of what is shown now in each language, that of the request first."""
        here = translation.get_language()
        for language in sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != here):
            with translation.override(language):
                yield tag_of(self.current(row))


def _tag(request: Request | HttpRequest, response: Response) -> None:
    response["ETag"] = tag = tag_of(response.data)
    known = [one.removeprefix("W/") for one in parse_etags(request.headers.get(NONE_MATCH, ""))]
    if request.method in SAFE_METHODS and (tag in known or "*" in known):
        response.data, response.status_code = None, status.HTTP_304_NOT_MODIFIED
