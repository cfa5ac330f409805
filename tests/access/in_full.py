"""What an app sends that says all there is to say, or that brings most about: beside what `bodies.py` sends."""

from datetime import timedelta

from core import clock
from groups.models import Event, Membership
from plans.models import Beginning, Contraindication, Enrollment, Pause, PlanTemplate, Readiness, Session
from tests.access import in_full_groups, in_full_own, in_full_seats
from tests.access.bodies import NEW_UUID, Body
from tests.access.said import Said
from tests.kit.world import World

FELT: Body = {"mood_before": 3, "mood_after": 5, "mastery": 4, "pleasure": 5, "note": "Softly."}
AROUND: Body = {"company": "alone", "setting": "home", "title": "Home again", "distance_m": 1200, "is_floor": True}
OUTING: Body = {
    "title": "Mill", "about": "Past the *mill*.", "place": "The mill", "latitude": 52.5, "longitude": 13.4,
    "setting": "forest", "effort": "easy", "company": "some", "capacity": 8, "guests_allowed": 1,
    "is_newcomer_friendly": True, "where_to_stand": "By the oak", "how_it_goes": "Slowly", "pace": "Easy",
    "toilets": "At the inn",
    "leaving_early": "Any time", "time_zone": "Europe/Paris",
}  # fmt: skip
GROUP: Body = {
    "name": "Late Ferns", "about": "We *walk*.", "accessibility": "No steps", "languages": "en", "place": "Bern",
    "latitude": 46.9, "longitude": 7.4, "kind": "walking", "effort": "easy", "time_zone": "Europe/Zurich",
    "visibility": "public", "join_policy": "open",
}  # fmt: skip


class Sayings:
    """All that is sent, to the world of the tests and with what is added to it here."""

    def __init__(self, world: World) -> None:
        self.world, self.now = world, clock.now() - timedelta(minutes=1)
        self.today = clock.local_day(self.now, world.cast.member.time_zone)
        self.plans = {"editors": (world.enrollment, world.template), "own": (self._follow(), world.own_plan)}
        self._rest()
        self._make_harder(world.shared_plan)
        self.begun = {whose: self._begin(*one) for whose, one in self.plans.items()}
        Event.objects.filter(pk=world.event.pk).update(guests_allowed=2)
        rooms = (in_full_own, in_full_groups, in_full_seats)
        self.elsewhere = [said for room in rooms for said in room.sayings(world, self.now)]

    def _follow(self) -> Enrollment:
        said = {"starts_on": self.today, "when_text": "I am home", "then_text": "I walk"}
        person, plan = self.world.cast.member, self.world.own_plan
        return Enrollment.objects.get_or_create(person=person, template=plan, ended_at=None, defaults=said)[0]

    def _rest(self) -> None:
        """Two single plans rest, one of them from today on."""
        person, today = self.world.cast.member, self.today
        shared = Enrollment.objects.create(person=person, template=self.world.shared_plan, starts_on=today)
        self.pauses = [
            Pause.objects.create(person=person, enrollment=followed, starts_on=today - timedelta(days=days))
            for followed, days in ((self.plans["own"][0], 1), (shared, 0))
        ]

    def _make_harder(self, plan: PlanTemplate) -> None:
        """Somebody's plan has a vigorous step and a caution, and who follows it was told to ask first."""
        Session.objects.filter(week__template=plan).update(intensity="vigorous")
        Contraindication.objects.create(template=plan, order=1, text="Not with a fever.")
        Readiness.objects.create(person=self.world.cast.owner, asks_first=True, answered_at=self.now)

    def _begin(self, followed: Enrollment, plan: PlanTemplate) -> Beginning:
        step = self._step_of(plan)
        said = {"exercise_type": step.exercise_type, "started_at": self.now, "guess": 3}
        return Beginning.objects.create(person=self.world.cast.member, enrollment=followed, session=step, **said)

    @staticmethod
    def _step_of(plan: PlanTemplate) -> Session:
        return Session.objects.filter(week__template=plan).order_by("week__number", "number")[0]

    def _next_step_of(self, plan: PlanTemplate) -> Session:
        """Return a step that is not begun, made if need be."""
        steps = Session.objects.filter(week__template=plan).order_by("-week__number", "-number")
        if len(steps) > 1:
            return steps[0]
        step = self._step_of(plan)
        step.pk, step.number = None, step.number + 1
        step.save(force_insert=True)
        return step

    def all(self) -> list[Said]:
        here = [*self.noting(), *self.following(), *self.meetings(), *self.series(), *self.others()]
        return [*here, *self.elsewhere]

    def noting(self) -> list[Said]:
        """Beginning and noting a step of either kind of plan, saying more or less of whose it is; changing a log."""
        log = {**FELT, **AROUND, "exercise_type": "walking", "minutes": 12, "intensity": "light"}
        log |= {"time_zone": "Europe/Paris"}
        begin = {"guess": 3, "mood_before": 2, "is_floor": True, "started_at": str(self.now)}
        guessed = {"started_at": str(self.now - timedelta(minutes=20)), "guess": 4}
        found = []
        for whose, (followed, plan) in self.plans.items():
            step = {"session": self._step_of(plan).pk}
            named = {**step, "enrollment": str(followed.uuid)}
            begun = {"uuid": str(self.begun[whose].uuid)}
            following = {"session": self._next_step_of(plan).pk}
            begins: dict[str, Body] = {
                "all": {**begin, **named, "uuid": NEW_UUID},
                "no uuid": {**begin, **named, **following},
                "step alone": {**begin, **following},
            }
            logs: dict[str, Body] = {
                "all": {**log, **named, **guessed, "uuid": NEW_UUID},
                "step alone": {**log, **step, "uuid": NEW_UUID},
                "begun": {**FELT, **AROUND, **begun},
                "begun, said again": {**log, **named, **begun, "done_at": str(self.now)},
            }
            found += [Said(f"{whose}, {what}", "POST", "/api/v1/beginnings/", body) for what, body in begins.items()]
            found += [Said(f"{whose}, {what}", "POST", "/api/v1/logs/", body) for what, body in logs.items()]
        own = f"/api/v1/logs/{self.world.log.uuid}/"
        done_at = str(self.now - timedelta(hours=1))
        changed = {**log, "done_at": done_at}
        del changed["time_zone"]
        return [
            *found,
            Said("followed and noted", "DELETE", f"/api/v1/own-plans/{self.world.own_plan.slug}/", {}),
            Said("all", "PATCH", own, {**changed, "guess": None}),
            Said("some taken back", "PATCH", own, {**changed, "mood_before": None}),
            Said("emptied", "PATCH", own, {"mood_before": None, "mood_after": None, "note": ""}),
        ]

    def following(self) -> list[Said]:
        """Following a plan and changing days, times and words; pausing it."""
        world, day = self.world, self.world.event.starts_at.date()
        enrollment = str(world.enrollment.uuid)
        words = {"when_text": "I am up", "then_text": "I walk", "obstacle_text": "It rains", "instead_text": "I dance"}
        cues = [{"weekday": 0, "at_time": "19:30"}, {"weekday": 2, "at_time": "18:30"}]  # no more on Tuesdays
        followed = {**words, "cues": cues, "times_a_week": 3}
        to_follow = {"template": world.template.slug, "starts_on": str(self.today), "has_asked": True}
        own, shared = f"/api/v1/enrollments/{enrollment}/", {"template": world.shared_plan.slug}
        moved = {"moved_to": str(day + timedelta(days=1)), "at_time": "18:00"}
        pause = {"reason": "travel", "ends_on": str(day + timedelta(days=3)), "enrollment": enrollment}
        return [
            Said("all", "POST", "/api/v1/enrollments/", {**followed, **to_follow}, "owner"),
            Said("somebody's, all", "POST", "/api/v1/enrollments/", {**followed, **to_follow, **shared}, "owner"),
            Said("all", "PATCH", own, {**followed, "starts_on": str(world.enrollment.starts_on)}),
            Said("all", "PUT", f"{own}days/{day}/", moved),
            Said("with a group, after other words", "POST", f"{own}turn/", {"way": "again"}),
            Said("while it rests", "POST", f"/api/v1/enrollments/{self.plans['own'][0].uuid}/stop/", {}),
            Said("all", "POST", "/api/v1/pauses/", pause),
            Said("while it lasts", "DELETE", f"/api/v1/pauses/{self.pauses[0].uuid}/", {}),
            Said("of all, and single ones end", "POST", "/api/v1/pauses/", {**pause, "enrollment": None}),
        ]

    def meetings(self) -> list[Said]:
        """Meetings made and changed, and answers that bring others in, or oneself into the group."""
        cast, event = self.world.cast, self.world.event
        walker = Membership.objects.select_related("person").get(uuid=self.world.parts["membership"]).person
        outing = {**OUTING, "greeter": str(cast.host.uuid)}
        at = event.starts_at + timedelta(hours=3)
        times = {"starts_at": str(at), "ends_at": str(at + timedelta(hours=1))}
        group, own = f"/api/v1/groups/{cast.group.uuid}/", f"/api/v1/events/{event.uuid}/"
        newcomer = {"answer": "going", "is_first_time": True, "is_quiet": True, "joins": True}
        with_seats = self.world.parts["occurrence"]
        return [
            Said("all", "POST", f"{group}events/", {**outing, **times}, "owner"),
            Said("all", "PATCH", own, {**outing, **times}, "owner"),
            Said("more seats for a line", "PATCH", own, {"capacity": 9}, "owner"),
            Said("full, and joins", "PUT", f"{own}rsvp/", {**newcomer, "guests": 1}, "stranger"),
            Said("joins", "PUT", f"/api/v1/events/{with_seats}/rsvp/", newcomer, "stranger"),
            Said("leaves a seat to a line", "PUT", f"{own}rsvp/", {"answer": "maybe"}, "owner"),
            Said("forgets an answer", "DELETE", f"{own}rsvp/", {}, "owner"),
            Said("all", "POST", f"{own}answers/", {"person": str(walker.uuid), "guests": 1}, "owner"),
            Said("all", "POST", f"{own}messages/", {"text": "See you.", "is_for_line": True}, "owner"),
            Said("announces", "POST", f"{group}posts/", {"text": "See you.", "is_announcement": True}, "host"),
        ]

    def series(self) -> list[Said]:
        cast = self.world.cast
        first = Event.objects.get(uuid=self.world.parts["occurrence"])
        outing = {**OUTING, "greeter": str(cast.host.uuid)}
        ends_on = str(first.starts_at.date() + timedelta(days=60))
        times = {"at_time": "18:00", "minutes": 70, "runs_until": ends_on}
        own, since = f"/api/v1/series/{self.world.parts['series']}/", {"since": str(first.occurs_on)}
        starts = {"starts_on": str(first.occurs_on), "rrule": "FREQ=WEEKLY"}
        said = {**outing, **since}
        return [
            Said("all", "POST", f"/api/v1/groups/{cast.group.uuid}/series/", {**outing, **times, **starts}, "owner"),
            Said("all", "PATCH", own, {**said, **times, "rrule": "FREQ=WEEKLY"}, "owner"),
            Said("another way", "PATCH", own, {**said, "at_time": "19:00", "rrule": "FREQ=WEEKLY;INTERVAL=2"}, "owner"),
        ]

    def others(self) -> list[Said]:
        """What people say of themselves, of a group, and to who looks after it all."""
        world, later = self.world, self.world.event.starts_at + timedelta(days=3)
        me = {
            "display_name": "Somebody", "first_weekday": 1, "hides_numbers": True, "language": "zh-hans",
            "messages_paused_until": str(later.date()), "quiet_from": "21:00", "quiet_until": "07:00",
            "time_zone": "Europe/Paris", "weekly_message_budget": 3, "weekly_target_minutes": 100,
        }  # fmt: skip
        check_in = {"scale": "who5", "answers": [1] * 5, "uuid": NEW_UUID}
        return [
            Said("all", "PATCH", "/api/v1/me/", me),
            Said("all", "POST", "/api/v1/groups/", GROUP),
            Said("all", "PATCH", f"/api/v1/groups/{world.cast.group.uuid}/", GROUP, "owner"),
            Said("hidden", "PATCH", f"/api/v1/groups/{world.cast.group.uuid}/", {"visibility": "private"}, "owner"),
            Said("all", "POST", "/api/v1/check-ins/", check_in),
            Said("all until", "POST", "/api/v1/me/messages/seen/", {"until": str(later)}),
        ]
