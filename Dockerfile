# docker build --tag ssops .
# docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" ssops validate
# The base is named by version; pin it by digest where you build.
FROM python:3.13-slim-bookworm AS build
COPY requirements/ci.txt /src/requirements/ci.txt
RUN python -m venv /opt/ssops \
    && /opt/ssops/bin/pip install --no-cache-dir --require-hashes --requirement /src/requirements/ci.txt
COPY pyproject.toml README.md LICENSE /src/
COPY ssops /src/ssops
COPY schemas /src/schemas
RUN /opt/ssops/bin/pip install --no-cache-dir --no-deps --no-build-isolation /src

FROM python:3.13-slim-bookworm
# git serves `ssops plan --against git:REF`.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home ssops
COPY --from=build /opt/ssops /opt/ssops
ENV PATH=/opt/ssops/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /work
ENTRYPOINT ["ssops"]
CMD ["--help"]
