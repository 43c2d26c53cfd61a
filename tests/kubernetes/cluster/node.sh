#!/usr/bin/env bash
# node.sh net|up|down|unnet: containerd, kubelet, kube-proxy and names in the network namespace; called by cluster.sh, needs root.
KUBE_NODE=1
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

ctr() { command ctr -a "$ST/containerd.sock" -n k8s.io "$@"; }

net() {
  [ ! -e "/run/netns/$NS" ] || return 0
  ip netns add "$NS"
  ip link add "$LINK" type veth peer name eth0 netns "$NS"
  ip addr add "$HOST/30" dev "$LINK"
  ip link set "$LINK" up
  ip -n "$NS" link set lo up
  ip -n "$NS" addr add "$IP/30" dev eth0
  ip -n "$NS" link set eth0 up
  ip -n "$NS" route add default via "$HOST" # the kubelet wants a default route
  ip route add "$POD_CIDR" via "$IP"        # tests on the host reach pods and services
  ip route add "$SVC_CIDR" via "$IP"
  "${IN[@]}" sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
}

unnet() {
  ip link del "$LINK" 2>/dev/null || true
  ip netns del "$NS" 2>/dev/null || true
}

containerd_conf() {
  cat >"$RUN/containerd.toml" <<T
version = 2
root = "$RUN/containerd"
state = "$ST/containerd"
[grpc]
  address = "$ST/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  disable_apparmor = true
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$RUN/registries" # read at each pull: a test puts its own registry there
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$RUN/cni"
T
  cat >"$RUN/cni/10-pods.conflist" <<J
{"cniVersion":"1.0.0","name":"pods","plugins":[
 {"type":"bridge","bridge":"cni0","isDefaultGateway":true,"hairpinMode":true,"ipMasq":false,
  "ipam":{"type":"host-local","dataDir":"$ST/ipam","ranges":[[{"subnet":"$POD_CIDR"}]]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
J
}

kubelet_conf() {
  cat >"$RUN/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $IP
healthzBindAddress: 127.0.0.1
containerRuntimeEndpoint: unix://$ST/containerd.sock
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: "$PKI/ca.crt"}}
authorization: {mode: AlwaysAllow}
tlsCertFile: "$PKI/kubelet.crt"
tlsPrivateKeyFile: "$PKI/kubelet.key"
cgroupDriver: cgroupfs
cgroupRoot: /$NS
failCgroupV1: false
failSwapOn: false
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: "0%", nodefs.available: "0%", nodefs.inodesFree: "0%", imagefs.available: "0%"}
maxPods: 200
nodeStatusUpdateFrequency: 2s
clusterDomain: cluster.local
clusterDNS: [$IP]
resolvConf: "$RUN/resolv.conf"
podLogsDir: "$RUN/podlogs"
Y
}

proxy_conf() {
  cat >"$RUN/proxy.yaml" <<Y
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clusterCIDR: $POD_CIDR
hostnameOverride: node1
clientConnection: {kubeconfig: "$RUN/proxy.kubeconfig"}
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
iptables: {minSyncPeriod: 0s}
Y
}

# The cgroup under which the kubelet puts its pods: one per cluster, else one would end the other's.
cgroups() {
  local folder
  for folder in /sys/fs/cgroup/*/; do
    if [ -L "${folder%/}" ] || [ ! -e "$folder/notify_on_release" ]; then continue; fi # not of version 1
    mkdir -p "$folder$NS"
    if [ -e "$folder/cpuset.cpus" ]; then
      cat "$folder/cpuset.cpus" >"$folder$NS/cpuset.cpus"
      cat "$folder/cpuset.mems" >"$folder$NS/cpuset.mems"
    fi
  done
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then mkdir -p "/sys/fs/cgroup/$NS"; fi
}

ready() { [ "$(k get node node1 -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ]; }

up() {
  local archive
  mkdir -p "$RUN"/{cni,containerd,kubelet,registries} "$ST"
  printf 'nameserver %s\n' "$IP" >"$RUN/resolv.conf"
  containerd_conf
  kubelet_conf
  proxy_conf
  cgroups
  # The kubelet sets these for the whole machine.
  [ -s "$RUN/sysctls" ] || sysctl vm.overcommit_memory kernel.panic kernel.panic_on_oops >"$RUN/sysctls"
  run containerd containerd --config "$RUN/containerd.toml"
  until_ ctr version
  [ -s "$RUN/image.tar" ] || "$here/image.sh" "$RUN/image.tar" localhost/pause:1 localhost/busybox:1
  for archive in "$RUN/image.tar" ${KUBE_IMAGES:-}; do ctr images import "$archive" >/dev/null; done
  run kubelet "$BIN/kubelet" --config="$RUN/kubelet.yaml" --kubeconfig="$RUN/kubelet.kubeconfig" \
    --root-dir="$RUN/kubelet" --hostname-override=node1 --node-ip="$IP"
  run kube-proxy "$BIN/kube-proxy" --config="$RUN/proxy.yaml"
  run cluster-dns "$BIN/cluster-dns" "$RUN/proxy.kubeconfig" "$IP:53" # as kube-proxy: it reads services and endpoints
  until_ ready || { tail -n 3 "$LOG"/{kubelet,kube-proxy,cluster-dns,containerd}.log >&2; return 1; }
}

# What an abrupt end leaves behind, of this cluster alone: shims, pods, mounts, cgroups.
leavings() {
  local entry pid
  for entry in /proc/[0-9]*; do
    if { tr '\0' ' ' <"$entry/cmdline"; } 2>/dev/null | grep -q "^[^ ]*containerd-shim-runc-v2 .*-address $ST/containerd.sock"; then
      kill -9 "${entry#/proc/}" || true
    fi
  done
  for _ in 1 2 3 4 5; do
    # shellcheck disable=SC2044 # numbers
    for pid in $(find /sys/fs/cgroup/{pids/,}"$NS" -name cgroup.procs -exec cat {} + 2>/dev/null); do
      kill -9 "$pid" 2>/dev/null || true
    done
    sleep 0.1
  done
  # shellcheck disable=SC2013 # no path of ours has a space
  for entry in $(awk -v a="$RUN/" -v b="$ST/" 'index($2, a) == 1 || index($2, b) == 1 { print $2 }' /proc/mounts | sort -r); do
    umount -l "$entry" || true
  done
  for entry in /sys/fs/cgroup/{*/,}"$NS"; do
    [ ! -d "$entry" ] || find "$entry" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}

down() {
  if alive kubelet; then
    k delete deployments,statefulsets,daemonsets,jobs,replicasets,pods -A --all --grace-period=1 --timeout=20s \
      >/dev/null 2>&1 || true
  fi
  stop cluster-dns kube-proxy kubelet containerd
  leavings
  if [ -s "$RUN/sysctls" ]; then sysctl -qp "$RUN/sysctls"; rm -f "$RUN/sysctls"; fi
  rm -rf "$RUN/kubelet" "$RUN/containerd" "$RUN/podlogs" "$ST"
}

case ${1:-} in net | up | down | unnet) "$1" ;; *) sed -n 2p "$0"; exit 2 ;; esac
