# An S3 service for tests: Ceph's gateway on a cluster of one monitor and one object store in memory. Data end with the container.
ARG BASE=debian:bookworm-slim
FROM ${BASE}
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ceph-mon ceph-osd radosgw ceph-common \
    && rm -rf /var/lib/apt/lists/* /usr/share/doc /usr/share/man /usr/share/locale /usr/lib/python3/dist-packages/ceph_volume
COPY ceph.sh /usr/local/bin/ceph-for-tests
USER ceph
ENTRYPOINT ["/bin/bash", "/usr/local/bin/ceph-for-tests"]
