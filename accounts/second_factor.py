"""How allauth keeps a second factor: secrets sealed at rest, and a picture that can be scanned in the dark too."""

import logging
from io import BytesIO

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgFillImage

from accounts.models import User
from accounts.sealing import seal, unseal

logger = logging.getLogger(__name__)
PURPOSE = "second factor"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not the code right now. Each code works once; please try the next one."),
        "unverified_email": _("Please confirm your address first: a second factor needs one to fall back on."),
        "cannot_generate_recovery_codes": _("Recovery codes come with a second factor. Please turn it on first."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; of one whose key is gone something by which no code is right."""
        try:
            return unseal(encrypted_text, purpose=PURPOSE)
        except InvalidToken:
            logger.exception("a second factor was sealed with a key that is not among SECRET_KEY_FALLBACKS")
            return str(generate_totp_secret())

    def is_mfa_enabled(self, user: User | None, types: list[str] | None = None) -> bool:
        """Somebody whose account is gone in the middle of signing in has none."""
        return user is not None and super().is_mfa_enabled(user, types)

    def build_totp_svg(self, url: str) -> str:
        """Draw the address on white, whatever the page's own colours are."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgFillImage, box_size=12).save(drawn)
        return drawn.getvalue().decode()
