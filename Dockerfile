# One image for every service; compose says what each of them runs.
FROM python:3.13-slim AS packages
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=mindmove.settings.production
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin mindmove
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# The settings want every secret; these values live for this one line and open nothing.
RUN python -m core.catalog compile \
 && SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" DATABASE_URL=sqlite:// \
    REDIS_URL=redis://unused EMAIL_HOST=unused ALLOWED_HOSTS=unused SITE_ORIGIN=https://unused.example \
    python manage.py collectstatic --noinput \
 && mkdir -p var/media && chown -R mindmove var/media
USER 10001
EXPOSE 8000
CMD ["gunicorn"]
