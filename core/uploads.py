"""Taking files without writing them anywhere: they stay in memory for as long as the request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect


class InMemory(MemoryFileUploadHandler):
    """Keeps the first `most_files` in memory. One of more than `most_bytes` is counted to its end and not kept."""

    most_files = 1
    most_bytes = 0

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._files = self._bytes = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True  # whatever its size: there is no handler after this one

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self._files, self._bytes = self._files + 1, 0
        if self._files > self.most_files:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._bytes += len(raw_data)
        if self._bytes > self.most_bytes:
            self.file.seek(0)
            self.file.truncate()
        else:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> Any:
        kept = super().file_complete(file_size)
        del self.file  # or Django closes it when it passes over the next one
        return kept


class InFront(InMemory):
    """What stands before a view and has to know the files first; the view's own handler then comes too late."""

    most_files = 4
    most_bytes = settings.API_FORM_MOST_BYTES


def take(request: HttpRequest, handler: InMemory) -> None:
    """Give the request's files to `handler`, unless they are in memory already."""
    if not hasattr(request, "_files"):
        request.upload_handlers = [handler]


type View = Callable[..., HttpResponse]


def taken_by(handler: type[InMemory]) -> Callable[[View], View]:
    """Give the view's files to `handler`. The token against forged requests is read after that, not before."""

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.upload_handlers = [handler(request)]
            return protected(request, *args, **kwargs)

        return taken

    return decorate
