"""The fixed cast. Every test about who may do what uses these people."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime

from accounts.models import Block, User
from groups.models import Group, Membership, Role
from library.services.editors import make_editor

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PASSWORD = "a-long-and-quiet-morning"


@dataclass(frozen=True)
class Cast:
    """A public running group and everybody around it. `blocked` and `member` have a block between them.

    `staff` may sign in to the admin and has no role there; `editor` has the role of those who write the library.
    """

    group: Group
    owner: User
    host: User
    member: User
    applicant: User
    banned: User
    blocked: User
    stranger: User
    staff: User
    editor: User
    superuser: User

    @property
    def people(self) -> dict[str, User]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "group"}


def make_person(name: str, **fields_: object) -> User:
    """Return a welcomed person named `name`, in Berlin, reading English unless told otherwise."""
    defaults: dict[str, object] = {"display_name": name.title(), "time_zone": "Europe/Berlin", "welcomed_at": LONG_AGO}
    return User.objects.create_user(f"{name}@people.example", PASSWORD, **{**defaults, **fields_})


def make_group(**fields_: object) -> Group:
    """Return a group; one that is given no owner gets a keeper, who is not among its members."""
    if "owner" not in fields_:
        keeper = {"display_name": "Keeper", "welcomed_at": LONG_AGO}
        fields_["owner"] = User.objects.get_or_create(email="keeper@people.example", defaults=keeper)[0]
    defaults: dict[str, object] = {
        "slug": "morning-mosses",
        "name": "Morning Mosses",
        "kind": Group.Kind.RUNNING,
        "place": "Tiergarten, Berlin",
        "time_zone": "Europe/Berlin",
    }
    return Group.objects.create(**{**defaults, **fields_})


def make_cast() -> Cast:
    """Create the cast in the database."""
    names = ["owner", "host", "member", "applicant", "banned", "blocked", "stranger"]
    people = {name: make_person(name) for name in names}
    people["staff"] = make_person("staff", is_staff=True)
    people["editor"] = make_person("editor")
    make_editor(person=people["editor"])
    people["superuser"] = make_person("superuser", is_staff=True, is_superuser=True)
    group = make_group(owner=people["owner"])
    for name, role in [("owner", Role.OWNER), ("host", Role.HOST), ("member", Role.MEMBER), ("blocked", Role.MEMBER)]:
        Membership.objects.create(group=group, person=people[name], role=role, joined_at=LONG_AGO)
    Membership.objects.create(group=group, person=people["banned"], banned_at=LONG_AGO, joined_at=LONG_AGO)
    Block.objects.create(blocker=people["member"], blocked=people["blocked"])
    return Cast(group=group, **people)
