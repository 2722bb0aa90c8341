# RabbitMQ for tests: one broker with the user guest, who may connect from anywhere. Queues live in memory and end with the container.
ARG BASE=debian:bookworm-slim
FROM ${BASE}
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends rabbitmq-server procps \
    && rm -rf /var/lib/apt/lists/*
COPY rabbitmq.sh /usr/local/bin/rabbitmq-for-tests
USER rabbitmq
ENTRYPOINT ["/bin/sh", "/usr/local/bin/rabbitmq-for-tests"]
