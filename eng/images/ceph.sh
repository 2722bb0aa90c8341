# Serves S3 at PORT (7480) of the address LISTEN (all) for the user ACCESS_KEY (idp-test) with the secret SECRET_KEY (idp-test-secret).
# The cluster's own daemons talk over MONITOR_PORT (3300) and ports of their choice on loopback.
# With UNTIL_INPUT_ENDS=1 the container lives as long as whoever holds its input, so that it ends with a test that crashes; gateways in it may be stopped and started meanwhile:
#   ceph-for-tests gateway PORT    serves at one more port in the background; its process id is in /tmp/gateway-PORT
set -euo pipefail
export CEPH_CONF=/tmp/ceph.conf

gateway() {
  radosgw --name "client.rgw.$1" --foreground --rgw_frontends "beast endpoint=${LISTEN:-0.0.0.0}:$1" >>"/tmp/gateway-$1.log" 2>&1 &
  echo $! >"/tmp/gateway-$1"
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

if [[ ${1:-} == gateway ]]; then
  gateway "$2"
  exit
fi

identity=$(cat /proc/sys/kernel/random/uuid)
monitor="[v2:127.0.0.1:${MONITOR_PORT:-3300}]"
cat >"$CEPH_CONF" <<CONF
[global]
fsid = $identity
mon_host = $monitor
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
# Gateways ask for an encrypted connection, which there is not without keys.
ms_mon_client_mode = crc
mon_data = /tmp/mon
osd_data = /tmp/osd
run_dir = /tmp
admin_socket =
log_file =
log_to_file = false
log_to_stderr = false
err_to_stderr = true
mon_cluster_log_file =
osd_objectstore = memstore
memstore_device_bytes = 1073741824
mon_allow_pool_size_one = true
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
paxos_propose_interval = 0.05
mon_tick_interval = 1
osd_op_num_shards = 1
# With a cache, a gateway would wait for the answer of another that was stopped before it makes a bucket.
rgw_cache_enabled = false
rgw_thread_pool_size = 64
rgw_enable_gc_threads = false
rgw_enable_lc_threads = false
rgw_run_sync_thread = false
rgw_enable_ops_log = false
CONF
mkdir -p /tmp/mon /tmp/osd

monmaptool --create --fsid "$identity" --addv a "$monitor" /tmp/monmap >/dev/null
ceph-mon --id a --mkfs --monmap /tmp/monmap
ceph-mon --id a --foreground >/tmp/mon.log 2>&1 &
pools=()
store=$(cat /proc/sys/kernel/random/uuid)
ceph osd new "$store" >/dev/null
ceph-osd --id 0 --mkfs --osd-uuid "$store" >/tmp/osd-mkfs.log 2>&1
ceph-osd --id 0 --foreground >/tmp/osd.log 2>&1 &

# Made here, because the gateway takes many seconds to make them for the first bucket.
for pool in index data; do
  ceph osd pool create "default.rgw.buckets.$pool" 1 >/dev/null 2>&1 &
  pools+=($!)
done
radosgw-admin user create --uid idp --display-name idp --access-key "${ACCESS_KEY:-idp-test}" --secret-key "${SECRET_KEY:-idp-test-secret}" >/tmp/user.log 2>&1
gateway "${PORT:-7480}"
wait "${pools[@]}"
until answers "${PORT:-7480}"; do sleep 0.1; done
echo ready

if [[ -n ${UNTIL_INPUT_ENDS:-} ]]; then
  cat >/dev/null
else
  wait
fi
