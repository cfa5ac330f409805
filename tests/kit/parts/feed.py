"""What is said in the groups of the cast: shown, held and hidden; and their pictures."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from groups.models import Cheer, Comment, Picture, Post
from groups.services.pictures import Sent, set_group_picture
from tests.kit.parts import Secret, Seed
from tests.kit.samples import photo

SAID, ANSWERED = "The moss was soft underfoot", "Zhello from the gate"
SAID_WITHIN, ANSWERED_WITHIN = "Zmoss of the hidden ridge", "Zanswer of the hidden ridge"
HELD, HIDDEN_WORDS, BLOCKED_WORDS = "Zheld behind the gate", "Zhidden under a stone", "Zblocked by a brook"
INSIDE = frozenset({"owner", "host", "member", "blocked"})
WITHIN = frozenset({"owner", "host", "member"})
LOOKS_AFTER = frozenset({"owner", "host"})
SITE = r"^/(?!admin/)"


def make(seed: Seed) -> dict[str, str]:
    cast, now = seed.cast, seed.now
    post = _post(cast.group, cast.owner, SAID)
    answer = _comment(post, cast.host, ANSWERED)
    for person in (cast.host, cast.blocked):
        Cheer.objects.create(post=post, person=person)
    held = _post(cast.group, cast.host, HELD, held_at=now)
    _post(cast.group, cast.owner, HIDDEN_WORDS, hidden_at=now)
    _post(cast.group, cast.blocked, BLOCKED_WORDS)
    own = _post(cast.group, cast.member, "Mine, and short")
    within = _post(seed.private_group, cast.owner, SAID_WITHIN)
    answer_within = _comment(within, cast.member, ANSWERED_WITHIN)
    pictures = [
        set_group_picture(group=group, person=cast.owner, sent=Sent(photo((60, 40)), "A bench"), now=now)
        for group in (cast.group, seed.private_group)
    ]
    Picture.objects.create(group=cast.group, post=own, width=60, height=40, file=pictures[0].file.name)
    return {
        "post": str(post.uuid), "answer": str(answer.uuid), "held_post": str(held.uuid), "own_post": str(own.uuid),
        "private_post": str(within.uuid), "private_answer": str(answer_within.uuid),
        "picture": str(pictures[0].uuid), "private_picture": str(pictures[1].uuid),
    }  # fmt: skip


def _post(group: Any, author: Any, text: str, **fields: Any) -> Post:
    return Post.objects.create(group=group, author=author, text=text, text_html=f"<p>{text}</p>", **fields)


def _comment(post: Post, author: Any, text: str) -> Comment:
    return Comment.objects.create(post=post, author=author, text=text, text_html=f"<p>{text}</p>")


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    here, within = {"slug": a["group"]}, {"slug": a["private_group"]}
    return {
        r"^/groups/<slug>/pictures/": {
            "public": {**here, "uuid": a["picture"]},
            "private": {**within, "uuid": a["private_picture"]},
        },
        r"^/api/v1/pictures/": {"public": {"uuid": a["picture"]}, "private": {"uuid": a["private_picture"]}},
        r"^/groups/<slug>/feed/<kind>/": {
            "public": {**here, "kind": "posts", "uuid": a["post"]},
            "answer": {**here, "kind": "answers", "uuid": a["answer"]},
            "mine": {**here, "kind": "posts", "uuid": a["own_post"]},
            "private": {**within, "kind": "posts", "uuid": a["private_post"]},
        },
        r"^/groups/<slug>/feed/": {
            "public": {**here, "uuid": a["post"]},
            "held": {**here, "uuid": a["held_post"]},
            "private": {**within, "uuid": a["private_post"]},
        },
        r"^/api/v1/groups/<group>/(posts|waiting|picture)/": {
            "public": {"group": a["group_uuid"]},
            "private": {"group": a["private_group_uuid"]},
        },
        r"^/api/v1/posts/": {
            "public": {"uuid": a["post"], "post": a["post"]},
            "mine": {"uuid": a["own_post"], "post": a["own_post"]},
            "private": {"uuid": a["private_post"], "post": a["private_post"]},
        },
        r"^/api/v1/comments/": {"public": {"uuid": a["answer"]}, "private": {"uuid": a["private_answer"]}},
    }


def bodies(world: Any) -> dict[str, dict[str, object]]:
    words: dict[str, object] = {"text": "A quiet word"}
    picture = {"file": "", "picture": SimpleUploadedFile("bench.jpg", photo((60, 40))), "alt": "A bench"}
    return {
        "/groups/<slug>/feed/": words,
        "/groups/<slug>/feed/<uuid>/": words,
        "/groups/<slug>/feed/<uuid>/cheer/": {"is_on": "1"},
        "/groups/<slug>/feed/<uuid>/pin/": {"is_on": "1"},
        "/groups/<slug>/feed/<kind>/<uuid>/edit/": words,
        "/groups/<slug>/feed/<kind>/<uuid>/look/": {"act": "hide"},
        "/groups/<slug>/picture/": picture,
        "/api/v1/groups/<group>/picture/": picture,
        "/api/v1/groups/<group>/posts/": words,
        "/api/v1/posts/<uuid>/": words,
        "/api/v1/posts/<uuid>/look/": {"act": "hide"},
        "/api/v1/posts/<post>/comments/": words,
        "/api/v1/comments/<uuid>/": words,
        "/api/v1/comments/<uuid>/look/": {"act": "hide"},
    }


def pages(a: dict[str, str], who: str) -> list[str]:
    if who == "visitor":
        return []
    group = f"/groups/{a['group']}/"
    return [
        "/groups/feed/", f"{group}feed/", f"{group}feed/{a['post']}/", f"{group}feed/{a['own_post']}/",
        f"{group}feed/waiting/", f"{group}picture/",
    ]  # fmt: skip


def own_pages(a: dict[str, str]) -> list[str]:
    return [f"/groups/{a['group']}/feed/posts/{a['own_post']}/edit/"]


def secrets(a: dict[str, str]) -> list[Secret]:
    return [
        Secret(SAID, INSIDE, SITE),
        Secret(ANSWERED, INSIDE, SITE),
        Secret(SAID_WITHIN, WITHIN, SITE),
        Secret(ANSWERED_WITHIN, WITHIN, SITE),
        Secret(HELD, LOOKS_AFTER, SITE),
        Secret(HIDDEN_WORDS, LOOKS_AFTER, SITE),
        Secret(BLOCKED_WORDS, INSIDE - {"member"}, SITE),
    ]
