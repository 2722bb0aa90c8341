# PostgreSQL for tests: one cluster with the superuser idp, which anyone who reaches the port may be. Data live in memory and end with the container.
ARG BASE=debian:bookworm-slim
FROM ${BASE}
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql postgresql-contrib \
    && rm -rf /var/lib/apt/lists/*
ENV PATH=/usr/lib/postgresql/15/bin:$PATH PGDATA=/tmp/data
COPY postgres.sh /usr/local/bin/postgres-for-tests
USER postgres
ENTRYPOINT ["/bin/sh", "/usr/local/bin/postgres-for-tests"]
