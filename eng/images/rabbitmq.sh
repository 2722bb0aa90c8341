# Serves an empty broker at PORT (5672). "stop" ends it as a crash would, "start" starts it again with what it had.
# With UNTIL_INPUT_ENDS=1 the container lives as long as whoever holds its input, so that it ends with a test that crashes; the broker in it may be stopped and
# started meanwhile.
set -e
port=${PORT:-5672}
export HOME=/tmp LANG=C.UTF-8
export RABBITMQ_NODENAME="idp$port@localhost" RABBITMQ_NODE_PORT=$port RABBITMQ_NODE_IP_ADDRESS=${LISTEN:-0.0.0.0} RABBITMQ_DIST_PORT=$((port % 40000 + 20000))
export RABBITMQ_MNESIA_BASE=/tmp/data RABBITMQ_LOG_BASE=/tmp/log RABBITMQ_CONFIG_FILE=/tmp/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=/tmp/enabled_plugins
# Erlang makes tables as large as the number of files allowed, and waits for work by spinning.
ulimit -n 4096
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none"

server() {
  {
    echo "loopback_users = none"
    echo "disk_free_limit.absolute = 1MB"
  } >/tmp/rabbitmq.conf
  echo "[]." >/tmp/enabled_plugins
  exec rabbitmq-server
}

case "${1:-}" in
  start) server ;;
  stop) exec pkill -KILL -u "$(id -u)" beam.smp ;;
esac
[ -z "${UNTIL_INPUT_ENDS:-}" ] && server
(server) >/tmp/server.log 2>&1 </dev/null &
cat >/dev/null
pkill -KILL -u "$(id -u)" beam.smp || true
