# Makes an empty cluster and serves it at PORT (5432). Arguments go to the server, e.g. -c max_connections=300.
# With UNTIL_INPUT_ENDS=1 the container lives as long as whoever holds its input, so that it ends with a test that crashes; the server in it may be stopped and
# started by pg_ctl meanwhile.
set -e
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --username idp --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync >/dev/null
  echo "host all all all trust" >>"$PGDATA/pg_hba.conf"
  {
    echo "port = ${PORT:-5432}"
    echo "listen_addresses = '${LISTEN:-*}'"
    echo "unix_socket_directories = '/tmp'"
  } >>"$PGDATA/postgresql.conf"
fi
[ -z "${UNTIL_INPUT_ENDS:-}" ] && exec postgres "$@"
pg_ctl --silent --wait --log /tmp/server.log --options "$*" start
cat >/dev/null
pg_ctl --silent --mode immediate stop || true
