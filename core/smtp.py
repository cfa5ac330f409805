"""Mail over SMTP, as Django does it, but for a look at each address by the whole grammar of addresses."""

import re

from django.core.mail.backends import smtp

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
PLAIN = re.compile(rf"(?:[A-Za-z0-9 ]+ <)?({ATOM}(?:\.{ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(>?)")


class EmailBackend(smtp.EmailBackend):
    def prep_address(self, address: str, force_ascii: bool = True) -> str:  # noqa: FBT001, FBT002 - Django's own
        """Return the address alone; raises ValueError when it is none. A plain one is seen to be one at once."""
        plain = PLAIN.fullmatch(address)
        if plain is not None and ("<" in address) == bool(plain[2]):
            return plain[1]
        return str(super().prep_address(address, force_ascii=force_ascii))
