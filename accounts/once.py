"""`Idempotency-Key`: an unsafe request of the API that is sent twice has one effect and one reply.

It stands before every view of the API, so that none can forget it; signing in (`/_allauth/`) is not among them. What a
view does and the reply to it are one transaction: who is killed between the two has done nothing (docs/decisions/0029).
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.template.response import SimpleTemplateResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from accounts.models import KeptReply, User
from accounts.services.once import Reply, StillAtIt, begin, is_over, keep, let_go
from core import clock, problems
from core.errors import DomainError
from core.program_input import API
from core.uploads import InFront, take

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
LONGEST = 200
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
# Had no effect, and may be answered otherwise the next time.
NOT_KEPT = {401, 403, 412, 428, 429}
REFUSED, OUR_FAULT = 400, 500  # and above
KEEPS_ITSELF = "keeps_itself"  # a view whose answer is made of others, that are kept under keys of their own
READ_AGAIN = "read_again"  # the action that shows what a view's address names, instead of words that were kept
AS_VIEWS_DO = {"separators": (",", ":"), "ensure_ascii": False}  # so that hidden reads like never there
refusal = partial(problems.refusal, json_dumps_params=AS_VIEWS_DO)

type View = Callable[..., HttpResponse]
type Act = Callable[[], HttpResponse]
type Form = tuple[QueryDict, MultiValueDict[str, UploadedFile[bytes]]]


class OnceMiddleware:
    """Give the first reply again to whoever sends the same request with the same key.

    The last before a view: what others refuse before it is refused whatever was answered then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: list[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Answer a request that names a key, by the view if it is the first."""
        key = request.headers.get(HEADER)
        if key is None or request.method not in UNSAFE or not request.path_info.startswith(API):
            return None
        person = request.user  # whichever credential it is: `accounts.token_bounds` stands before this
        if not person.is_authenticated:
            return None
        if said := _unfit(key):
            return said
        views = getattr(view, "cls", None)
        if getattr(views, KEEPS_ITSELF, False):
            return None
        act, again = partial(view, request, *args, **kwargs), _reading_again(views, request, kwargs)
        return _once(request, act, again, person, key)


def _reading_again(views: Any, request: HttpRequest, kwargs: dict[str, object]) -> Act | None:
    """Return what reads the thing of the address, where what is said of it is others' to change; None elsewhere."""
    action: str | None = getattr(views, READ_AGAIN, None)
    if action is None or views.lookup_field not in kwargs:
        return None
    return partial(views.as_view({str(request.method).lower(): action}), request, **kwargs)


def _once(request: HttpRequest, act: Act, again: Act | None, person: User, key: str) -> HttpResponse:
    try:
        kept = begin(person=person, key=key, request_hash=_hash_of(request), now=clock.now())
    except DomainError as error:
        return _refused(error)
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return refusal(400, "unreadable", _("This request could not be read."))
    if isinstance(kept, Reply):
        tells = bool(kept.content_type) and kept.status < REFUSED
        return _read(again) if again and tells else _replay(request, kept, person)
    return _first(act, kept, person, key, is_wordless=again is not None)


def _first(act: Act, kept: KeptReply, person: User, key: str, *, is_wordless: bool) -> HttpResponse:
    try:
        with transaction.atomic():
            response = act()
            if isinstance(response, SimpleTemplateResponse):
                response.render()
            if response.status_code >= OUR_FAULT:
                transaction.set_rollback(True)
            elif _is_kept(response):
                keep(kept, _reply_of(response, is_wordless=is_wordless), person=person, key=key)
    except StillAtIt as error:  # it took so long that the key was taken over: what it did is undone
        return _refused(error)
    except BaseException:
        let_go(kept, person=person)
        raise
    if not _is_kept(response):
        let_go(kept, person=person)
    return response


def _unfit(key: str) -> HttpResponse | None:
    if 0 < len(key) <= LONGEST and key.isascii() and key.isprintable():
        return None
    return refusal(400, "invalid_key", _("A key is up to 200 letters, digits and signs of ASCII."))


def _is_kept(response: HttpResponse) -> bool:
    has_effect = response.status_code < OUR_FAULT and response.status_code not in NOT_KEPT
    return has_effect and not response.streaming


def _reply_of(response: HttpResponse, *, is_wordless: bool) -> Reply:
    headers = dict(response.headers)
    content_type = headers.pop("Content-Type", "")
    body = b"" if is_wordless and response.status_code < REFUSED else response.content
    return Reply(response.status_code, content_type, body, headers)


def _hash_of(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    for part in _parts(request):
        digest.update(part)
    return digest.hexdigest()


def _parts(request: HttpRequest) -> Iterator[bytes]:
    """Yield the body; of a form with files what it holds, since clients draw a new boundary every time."""
    if request.content_type != "multipart/form-data":
        yield request.body
        return
    said, sent = _form_of(request)
    for name, values in sorted(said.lists()):
        yield repr((name, values)).encode()
    for name, files in sorted(sent.lists()):
        for file in files:
            yield repr((name, file.name, file.size)).encode()
            yield from file.chunks()
            file.seek(0)


def _form_of(request: HttpRequest) -> Form:
    """Return what a form says and its files. Of another method than POST the view reads the form itself, so it stays.

    How large it is was asked before (`core.program_input`).
    """
    handler = InFront(request)
    if request.method == "POST":
        take(request, handler)
        return request.POST, request.FILES
    request._body = request.read()  # noqa: SLF001 - as `body`, which bounds forms as JSON
    body = BytesIO(request.body)
    return MultiPartParser(request.META, body, [handler], request.encoding or "utf-8").parse()


def _replay(request: HttpRequest, reply: Reply, person: User) -> HttpResponse:
    address = request.resolver_match
    if address is not None and is_over(person, address, reply):
        hidden = NotFound()
        return refusal(hidden.status_code, hidden.default_code, str(hidden.detail))
    kind = reply.content_type or None
    response = HttpResponse(reply.body, status=reply.status, content_type=kind, headers=reply.headers)
    if not reply.content_type:
        del response["Content-Type"]
    response[REPLAYED] = "true"
    return response


def _read(again: Act) -> HttpResponse:
    response = again()
    if response.status_code < REFUSED:
        response[REPLAYED] = "true"
    return response


def _refused(error: DomainError) -> HttpResponse:
    response = refusal(error.status, error.code, str(error.message))
    if isinstance(error, StillAtIt):
        response["Retry-After"] = str(error.retry_after)
    return response
