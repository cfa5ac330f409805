"""A push service on this machine: records every post and answers what a test decides."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import sleep


@dataclass(frozen=True)
class Answer:
    """An HTTP status; `Retry-After` (seconds or a date) and `Location` when given; `delay` seconds before it."""

    status: int
    retry_after: int | str | None = None
    location: str = ""
    delay: float = 0


CREATED = Answer(201)
NOT_FOUND = Answer(404)
GONE = Answer(410)
TOO_MANY = Answer(429, retry_after=30)
BROKEN = Answer(500)


@dataclass(frozen=True)
class Post:
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes


@dataclass
class PushSink:
    """`url(path)` is an endpoint; `posts` holds what arrived there.

    Answers given to `will` are used one post each; then those of `at` for a path, then `default`.
    """

    port: int = 0
    posts: list[Post] = field(default_factory=list)
    default: Answer = CREATED
    at: dict[str, Answer] = field(default_factory=dict)
    _script: deque[Answer] = field(default_factory=deque)
    _lock: Lock = field(default_factory=Lock)

    def url(self, path: str = "/push/one") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def will(self, *answers: Answer) -> None:
        self._script.extend(answers)

    def take(self, post: Post) -> Answer:
        with self._lock:
            self.posts.append(post)
            return self._script.popleft() if self._script else self.at.get(post.path, self.default)


@contextmanager
def running_push_sink() -> Iterator[PushSink]:
    """Serve while the block runs."""
    sink = PushSink()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(sink))
    sink.port = server.server_port
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()


def _handler(sink: PushSink) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = sink.take(Post(self.path, headers, body))
            sleep(answer.delay)
            self.send_response(answer.status)
            if answer.retry_after is not None:
                self.send_header("Retry-After", str(answer.retry_after))
            if answer.location:
                self.send_header("Location", answer.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler
