"""A phone in a shell: `python -m phone`. It asks what it needs, and keeps everything in `phone.sqlite3`."""

import sys
from getpass import getpass

from httpx import TransportError

from phone.app import OfAnother, Phone
from phone.doors import Refused
from phone.edits import note_log
from phone.replies import NotTaken
from phone.store import Store

SITE = "http://127.0.0.1:8000"
COMMANDS = "walk MINUTES · notes · sync · out"


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
            for log in phone.store.shown("log").values():
                say(f"{log['done_at'][:10]}  {log['exercise_type']}, {log['minutes']} minutes")
        case ["sync"]:
            say(phone.sync().value)
        case ["out"]:
            if forget(phone.store.unsent()):
                phone.sign_out()
                return False
    return bool(words)


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
