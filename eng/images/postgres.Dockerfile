# PostgreSQL for tests: one cluster with the superuser idp, which anyone who reaches the port may be. Data live in memory and end with the container.
# From the Debian after bookworm, which has the extension for vectors; the keys of that release come with the newest keyring of bookworm.
ARG BASE=debian:bookworm-slim
FROM ${BASE}
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends debian-archive-keyring \
    && echo 'deb http://deb.debian.org/debian trixie main' >/etc/apt/sources.list.d/trixie.list \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql-17 postgresql-17-pgvector \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb /usr/share/doc /usr/share/man /usr/share/locale
ENV PATH=/usr/lib/postgresql/17/bin:$PATH PGDATA=/tmp/data
COPY postgres.sh /usr/local/bin/postgres-for-tests
USER postgres
ENTRYPOINT ["/bin/sh", "/usr/local/bin/postgres-for-tests"]
