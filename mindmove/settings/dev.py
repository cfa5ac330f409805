"""A developer's machine: no service needed, mails land in the local mailbox."""

from importlib.util import find_spec

from mindmove.settings.base import *
from mindmove.settings.base import API_LIMITS, INSTALLED_APPS, VAR_DIR, env

DEBUG = True
SECRET_KEY = env.str("SECRET_KEY", default="development-only-and-refused-in-production")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DEVTOOLS = True
VAPID_KEY_FILE = VAR_DIR / "vapid.key"
API_LIMITS = {name: env.int(f"API_LIMIT_{name.upper()}", default=0) for name in API_LIMITS}  # nobody to hold off
PAGE_CACHE_SECONDS = 0  # a changed template shows at once
if find_spec("django_migration_linter"):
    INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
