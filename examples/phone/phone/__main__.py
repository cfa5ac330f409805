"""A phone in a shell: `python -m phone`. It asks what it needs, and keeps everything in `phone.sqlite3`."""

import sys
from getpass import getpass

from httpx import TransportError

from phone.app import OfAnother, Phone
from phone.doors import Refused
from phone.edits import change_refused, note_log, throw_away
from phone.replies import NotTaken
from phone.store import Store

SITE = "http://127.0.0.1:8000"
COMMANDS = "walk MINUTES · notes · again NUMBER [FIELD WORDS] · drop NUMBER · sync · out"


def main() -> None:
    phone = Phone(sys.argv[1] if len(sys.argv) > 1 else SITE, Store("phone.sqlite3"))
    going = True
    while going:
        try:
            if not phone.doors.token:
                sign_in(phone)
            going = obey(phone, input(f"{COMMANDS} > ").split())
        except (NotTaken, Refused, OfAnother) as no:
            say(f"That was not taken: {no}")
        except TransportError:
            say("There is no connection. What you noted is kept.")


def obey(phone: Phone, words: list[str]) -> bool:
    """Do what was typed; False: that was all."""
    match words:
        case ["walk", minutes] if minutes.isdigit():
            note_log(phone.store, exercise_type="walking", intensity="light", minutes=int(minutes))
        case ["notes"]:
            show(phone)
        case ["again" | "drop", number, *rest]:
            decide(phone, words[0], number, rest)
        case ["sync"]:
            say(phone.sync().value)
        case ["out"]:
            if forget(phone.store.unsent()):
                phone.sign_out()
                return False
    return bool(words)


def show(phone: Phone) -> None:
    """Show what is noted, and what the server did not take, with its words."""
    for log in phone.store.shown("log").values():
        say(f"{log['done_at'][:10]}  {log['exercise_type']}, {log['minutes']} minutes")
    for edit in phone.store.refused():
        say(f"Not taken: {edit.number}  {edit.kind} {edit.fields}\n    {edit.refused}")


def decide(phone: Phone, verb: str, number: str, words: list[str]) -> None:
    """Send again what was not taken, with one field put otherwise, or throw it away."""
    for edit in phone.store.refused():
        if str(edit.number) == number and verb == "again":
            change_refused(phone.store, edit, **named(words))
        elif str(edit.number) == number:
            throw_away(phone.store, edit)


def named(words: list[str]) -> dict[str, object]:
    """Return the field that the first word names, with the rest as its value."""
    text = " ".join(words[1:])
    return {words[0]: int(text) if text.isdigit() else text} if words else {}


def sign_in(phone: Phone) -> None:
    """Sign in, or up if there is no such account yet."""
    email, password = input("Address: "), getpass("Password: ")
    if input("Is this a new account? (y/n) ") == "y":
        phone.sign_up(email, password, lambda: input("The code from the mail: "), forget)
        phone.welcome(input("What shall we call you? "), "Europe/Berlin")
    else:
        phone.sign_in(email, password, lambda: input("The code from your app: "), forget)


def forget(unsent: int) -> bool:
    """Ask before anything is lost."""
    return (
        not unsent or input(f"{unsent} things are on this phone alone, and would be lost. Forget them? (y/n) ") == "y"
    )


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
