"""A mail server in a process of its own that takes everything: `python -m bench.smtp_sink`. Prints its port."""

import sys
import time

from tests.kit.mail_sink import running_mail_sink

if __name__ == "__main__":
    with running_mail_sink() as sink:
        print(sink.port, flush=True)
        while not sys.stdin.read(1):
            time.sleep(1)
