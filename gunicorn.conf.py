"""How gunicorn serves the site; all that varies comes from environment variables."""

import os
from pathlib import Path

wsgi_app = "mindmove.wsgi:application"
bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))  # no more than DATABASE_POOL, or threads wait for each other
worker_class = "gthread"
timeout = 30
graceful_timeout = 25
keepalive = 65  # longer than the proxy keeps an idle connection, so that the proxy is the one to close it
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - heartbeats stay off the disk
control_socket_disable = True
accesslog = None  # addresses may hold one-time tokens; the proxy in front keeps the access log
errorlog = "-"
