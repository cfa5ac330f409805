"""The push sink records and answers as told."""

from http.client import HTTPConnection

from tests.kit.push_sink import GONE, NOT_FOUND, TOO_MANY, PushSink, running_push_sink


def post(sink: PushSink, path: str = "/push/one") -> tuple[int, str | None]:
    connection = HTTPConnection("127.0.0.1", sink.port, timeout=5)
    connection.request("POST", path, body=b"sealed", headers={"TTL": "60"})
    answer = connection.getresponse()
    connection.close()
    return answer.status, answer.headers["Retry-After"]


def test_posts_are_recorded_and_created() -> None:
    with running_push_sink() as sink:
        status = post(sink)

    assert status == (201, None)
    assert [(p.path, p.headers["ttl"], p.body) for p in sink.posts] == [("/push/one", "60", b"sealed")]
    assert sink.url("/x") == f"http://127.0.0.1:{sink.port}/x"


def test_answers_follow_the_script_then_the_path_then_the_default() -> None:
    with running_push_sink() as sink:
        sink.will(TOO_MANY)
        sink.at["/push/dead"] = GONE
        sink.default = NOT_FOUND

        answers = [post(sink), post(sink, "/push/dead"), post(sink)]

    assert answers == [(429, "30"), (410, None), (404, None)]
