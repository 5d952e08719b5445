# One image for the web server, the worker and the commands; compose.yaml starts them together.
# The base may be any Debian with Python 3.11 or later: docker build --build-arg BASE=...
ARG BASE=python:3.13-slim-trixie

FROM ${BASE} AS build
ENV PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 UV_COMPILE_BYTECODE=1
WORKDIR /opt/peredmova
COPY config/installer.txt requirements.txt ./
RUN python3 -m venv /opt/installer \
    && /opt/installer/bin/pip install --require-hashes -r installer.txt \
    && python3 -m venv --without-pip .venv \
    && /opt/installer/bin/uv pip install --python .venv/bin/python \
        --require-hashes -r requirements.txt
COPY . .
# Files are created for their owner only, and the owner is root here, so chmod is needed.
RUN .venv/bin/python config/translations.py \
    && VAR_DIR=/tmp/build STATIC_ROOT=/opt/peredmova/static \
        .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && .venv/bin/python -m compileall -q comments config moderation \
    && chmod -R a+rX comments config moderation static

FROM ${BASE}
RUN groupadd --system --gid 10001 peredmova \
    && useradd --system --uid 10001 --gid peredmova --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin peredmova \
    && install -d -o peredmova -g peredmova -m 0700 /var/lib/peredmova
COPY --from=build /opt/peredmova /opt/peredmova
WORKDIR /opt/peredmova
ENV PATH=/opt/peredmova/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/opt/peredmova/static \
    VAR_DIR=/var/lib/peredmova
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["gunicorn", "-c", "python:config.gunicorn", "config.wsgi", "--preload", "--workers", "2", "--threads", "2", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
