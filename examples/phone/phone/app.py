"""The app: who is signed in, and what they do. What can be said later goes to the outbox (`phone.edits`)."""

from collections.abc import Callable
from datetime import date, time
from http import HTTPStatus
from uuid import UUID

import httpx
from mindmove_client import AuthenticatedClient
from mindmove_client.api.enrollments import enrollments_create
from mindmove_client.api.groups import groups_join, groups_list
from mindmove_client.api.me import me_deletion_create, me_deletion_destroy, me_retrieve, me_welcome_create
from mindmove_client.api.reports import reports_create
from mindmove_client.api.today import today_retrieve
from mindmove_client.models import (
    AboutKindEnum,
    CueRequest,
    Deletion,
    Enrollment,
    FollowRequest,
    Group,
    GroupInFull,
    LanguageEnum,
    Me,
    NewReportRequest,
    PaginatedGroupList,
    Report,
    ReportReasonEnum,
    Today,
    WelcomeRequest,
)
from mindmove_client.types import UNSET

from phone import APP
from phone.doors import Doors
from phone.reading import read_changes
from phone.replies import NotTaken, problem_of, taken
from phone.sending import Ended, send_all
from phone.store import PERSON, Store

TOKEN = "session token"  # noqa: S105 - what its note is called


class OfAnother(Exception):
    """The phone holds what somebody else did and did not send yet: `unsent` counts it. Nothing has changed."""

    def __init__(self, unsent: int) -> None:
        super().__init__(f"{unsent} things of somebody else are not sent yet.")
        self.unsent = unsent


def keep(unsent: int) -> bool:
    """Forget nothing: the other one signs in again, and sends it."""
    return False


class Phone:
    """`store` keeps all of it over a restart, the session token too: a real app keeps that in the system's keychain.

    `transport` is how requests travel, where it is not the usual way.
    """

    def __init__(self, origin: str, store: Store, transport: httpx.BaseTransport | None = None) -> None:
        self.store, self._origin, self._transport = store, origin, transport
        self._http = httpx.Client(base_url=origin, headers=APP, timeout=20, transport=transport)
        self.doors = Doors(self._http, store.read_note(TOKEN))
        self.client = self._client()

    def close(self) -> None:
        self._http.close()
        self.client.get_httpx_client().close()
        self.store.close()

    # Who I am ---------------------------------------------------------------------------------------
    def sign_up(
        self, email: str, password: str, code: Callable[[], str], may_forget: Callable[[int], bool] = keep
    ) -> None:
        """Make an account; `code` returns what stands in the mail. Raises OfAnother, as `sign_in` does."""
        self.doors.sign_up(email, password)
        self.doors.verify(code())
        self._enter(may_forget)

    def sign_in(
        self,
        email: str,
        password: str,
        second: Callable[[], str] | None = None,
        may_forget: Callable[[int], bool] = keep,
    ) -> None:
        """`second` returns a code of the second factor; it is asked for where the account has one.

        `may_forget` is asked where the phone holds unsent edits of somebody else. Raises OfAnother if it says no.
        """
        self.doors.sign_in(email, password, second)
        self._enter(may_forget)

    def sign_out(self) -> None:
        """End the session, and leave nothing of the person on the phone."""
        self.doors.sign_out()
        self.store.clear()
        self._act()

    def delete_account(self, password: str) -> Deletion:
        """Ask for it. For seven days `keep_account` takes it back, also on another phone."""
        self.doors.confirm(password)
        self._act()
        return taken(me_deletion_create.sync_detailed(client=self.client), Deletion)

    def keep_account(self) -> None:
        reply = me_deletion_destroy.sync_detailed(client=self.client)
        if reply.status_code != HTTPStatus.NO_CONTENT:
            raise problem_of(reply)

    def welcome(self, name: str, time_zone: str) -> Me:
        """Answer what newcomers are asked, once."""
        said = WelcomeRequest(language=LanguageEnum.EN, time_zone=time_zone, display_name=name)
        return taken(me_welcome_create.sync_detailed(client=self.client, body=said), Me)

    def me(self) -> Me:
        return taken(me_retrieve.sync_detailed(client=self.client), Me)

    # What needs a connection ------------------------------------------------------------------------
    def find_groups(self, words: str = "") -> list[Group]:
        reply = groups_list.sync_detailed(client=self.client, words=words or UNSET)
        return taken(reply, PaginatedGroupList).results

    def join(self, group: Group) -> GroupInFull:
        return taken(groups_join.sync_detailed(group.uuid, client=self.client), GroupInFull)

    def follow(self, plan: str, starts_on: date, weekdays: list[int], at: time) -> Enrollment:
        """Follow a plan on some days of the week (1: Monday), each at the same time."""
        cues = [CueRequest(weekday=day, at_time=f"{at:%H:%M}") for day in weekdays]
        said = FollowRequest(
            template=plan, starts_on=starts_on, cues=cues, when_text="I have had tea", then_text="I go out"
        )
        return taken(enrollments_create.sync_detailed(client=self.client, body=said), Enrollment)

    def today(self) -> Today:
        return taken(today_retrieve.sync_detailed(client=self.client), Today)

    def report(self, kind: str, uuid: UUID, reason: ReportReasonEnum, words: str = "") -> Report:
        said = NewReportRequest(about_kind=AboutKindEnum(kind), about_id=uuid, reason=reason, words=words)
        return taken(reports_create.sync_detailed(client=self.client, body=said), Report)

    def sync(self) -> Ended:
        """Say what was done without a connection, then read what changed. Raises NotTaken, httpx.TransportError.

        An app that is too old is NotTaken too (`app_too_old`): what waits is sent by the version after. Where the
        session is over, its token goes and the outbox stays, for when its person signs in again.
        """
        try:
            ended = send_all(self.client, self.store)
            read_changes(self.client, self.store)
        except NotTaken as no:
            if no.status != HTTPStatus.UNAUTHORIZED:
                raise
            self.doors.token = ""
            self._act()
            return Ended.SIGNED_OUT
        return ended

    def _enter(self, may_forget: Callable[[int], bool]) -> None:
        """Let the store be that of whoever came in: what one person did is never said in the name of another."""
        is_another = self.store.read_note(PERSON) not in {"", self.doors.person}
        if is_another and (unsent := self.store.unsent()) and not may_forget(unsent):
            try:
                self.doors.sign_out()
            finally:
                self.doors.token = self.store.read_note(TOKEN)
            raise OfAnother(unsent)
        self.store.belong_to(self.doors.person)
        self._act()

    def _act(self) -> None:
        """Act as whoever the doors let in."""
        self.store.write_note(TOKEN, self.doors.token)
        self.client.get_httpx_client().close()
        self.client = self._client()

    def _client(self) -> AuthenticatedClient:
        return AuthenticatedClient(
            base_url=self._origin,
            token=self.doors.token,
            prefix="",
            auth_header_name="X-Session-Token",
            headers=dict(APP),
            httpx_args={"transport": self._transport},
        )
