"""Taking a file without writing it anywhere: it stays in memory for as long as the request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from plans.imports.summary import MAX_BYTES


class InMemory(MemoryFileUploadHandler):
    """Keeps the first file in memory. One that is too large is counted to its end and not kept."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._files = self._bytes = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True  # whatever its size: there is no handler after this one

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self._files += 1
        if self._files > 1:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._bytes += len(raw_data)
        if self._bytes > MAX_BYTES:
            self.file.seek(0)
            self.file.truncate()
        else:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> Any:
        kept = super().file_complete(file_size)
        del self.file  # or Django closes it when it passes over the next one
        return kept


def in_memory(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view's files to `InMemory`. The token against forged requests is read after that, not before."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        return protected(request, *args, **kwargs)

    return taken
