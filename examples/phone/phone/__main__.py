"""A phone in a shell: `python -m phone`. It asks what it needs, and keeps everything in `phone.sqlite3`."""

import sys
from getpass import getpass

from phone.app import Phone
from phone.edits import note_log
from phone.store import Store

SITE = "http://127.0.0.1:8000"
COMMANDS = "walk MINUTES · notes · sync · out"


def main() -> None:
    phone = Phone(sys.argv[1] if len(sys.argv) > 1 else SITE, Store("phone.sqlite3"))
    if not phone.doors.token:
        sign_in(phone)
    while words := input(f"{COMMANDS} > ").split():
        match words:
            case ["walk", minutes]:
                note_log(phone.store, exercise_type="walking", intensity="light", minutes=int(minutes))
            case ["notes"]:
                for log in phone.store.shown("log").values():
                    say(f"{log['done_at'][:10]}  {log['exercise_type']}, {log['minutes']} minutes")
            case ["sync"]:
                say(phone.sync().value)
            case ["out"]:
                phone.sign_out()
                return


def sign_in(phone: Phone) -> None:
    """Sign in, or up if there is no such account yet."""
    email, password = input("Address: "), getpass("Password: ")
    if input("Is this a new account? (y/n) ") == "y":
        phone.sign_up(email, password, lambda: input("The code from the mail: "))
        phone.welcome(input("What shall we call you? "), "Europe/Berlin")
    else:
        phone.sign_in(email, password, lambda: input("The code from your app: "))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
