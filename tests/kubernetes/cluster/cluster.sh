#!/usr/bin/env bash
# cluster.sh up|down|status: a real control plane on loopback (no root); with KUBE_NODE=1 (root) a real node besides, all
# in a network namespace. Its files lie in KUBE_RUN, its programs in KUBE_BIN (see build.sh).
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)

cert() { # NAME SUBJECT [ALTERNATIVE NAMES]
  openssl req -new "${key[@]}" -keyout "$PKI/$1.key" -subj "$2" 2>/dev/null |
    openssl x509 -req -CA "$PKI/ca.crt" -CAkey "$PKI/ca.key" -CAcreateserial -days 3650 -out "$PKI/$1.crt" 2>/dev/null \
      -extfile <(printf 'keyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=clientAuth,serverAuth\n%s\n' \
        "${3:+subjectAltName=$3}")
}

certs() {
  mkdir -p "$PKI"
  openssl req -x509 "${key[@]}" -days 3650 -subj /CN=local-ca -keyout "$PKI/ca.key" -out "$PKI/ca.crt" \
    -addext keyUsage=critical,keyCertSign,cRLSign,digitalSignature 2>/dev/null
  cert apiserver /CN=kube-apiserver \
    "DNS:localhost,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:$IP,IP:$SVC_FIRST"
  cert admin /O=system:masters/CN=admin
  cert controller /CN=system:kube-controller-manager
  cert scheduler /CN=system:kube-scheduler
  cert proxy /CN=system:kube-proxy
  cert kubelet /O=system:nodes/CN=system:node:node1 "DNS:node1,IP:$IP"
  cert front-proxy /CN=front-proxy
  openssl ecparam -name prime256v1 -genkey -noout -out "$PKI/sa.key"
  openssl ec -in "$PKI/sa.key" -pubout -out "$PKI/sa.pub" 2>/dev/null
}

kubeconfig() { # NAME
  cat >"$RUN/$1.kubeconfig" <<Y
apiVersion: v1
kind: Config
clusters: [{name: local, cluster: {server: "https://$IP:$PORT", certificate-authority: "$PKI/ca.crt"}}]
users: [{name: u, user: {client-certificate: "$PKI/$1.crt", client-key: "$PKI/$1.key"}}]
contexts: [{name: local, context: {cluster: local, user: u}}]
current-context: local
Y
}

# Who asked for what, without the cluster's own parts: tests count requests and writes by it.
audit_policy() {
  cat >"$RUN/audit.yaml" <<Y
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - {level: None, userGroups: ["system:nodes", "system:serviceaccounts:kube-system"]}
  - {level: None, users: ["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler", "system:kube-proxy"]}
  - {level: None, nonResourceURLs: ["/readyz*", "/livez*", "/healthz*"]}
  - {level: Metadata}
Y
}

etcd_up() {
  local client=http://127.0.0.1:$((PORT + 1)) peer=http://127.0.0.1:$((PORT + 2))
  run etcd "$BIN/etcd" --unsafe-no-fsync --data-dir "$RUN/etcd" --name local --listen-client-urls $client \
    --advertise-client-urls $client --listen-peer-urls $peer --initial-advertise-peer-urls $peer --initial-cluster local=$peer
}

apiserver_up() { # the address that it tells its clients
  # shellcheck disable=SC2086 # KUBE_APISERVER_FLAGS are several
  run kube-apiserver "$BIN/kube-apiserver" --bind-address="$IP" --secure-port="$PORT" "$@" \
    --etcd-servers=http://127.0.0.1:$((PORT + 1)) --service-cluster-ip-range="$SVC_CIDR" \
    --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" --client-ca-file="$PKI/ca.crt" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$PKI/sa.pub" --service-account-signing-key-file="$PKI/sa.key" \
    --kubelet-client-certificate="$PKI/admin.crt" --kubelet-client-key="$PKI/admin.key" \
    --kubelet-certificate-authority="$PKI/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --requestheader-client-ca-file="$PKI/ca.crt" --requestheader-allowed-names=front-proxy \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$PKI/front-proxy.crt" --proxy-client-key-file="$PKI/front-proxy.key" \
    --audit-policy-file="$RUN/audit.yaml" --audit-log-path="$LOG/audit.log" ${KUBE_APISERVER_FLAGS:-}
}

controllers_up() {
  local all=(--bind-address=127.0.0.1 --leader-elect=false)
  run kube-controller-manager "$BIN/kube-controller-manager" "${all[@]}" --secure-port=$((PORT + 3)) \
    --{,authentication-,authorization-}kubeconfig="$RUN/controller.kubeconfig" --use-service-account-credentials=true \
    --service-account-private-key-file="$PKI/sa.key" --root-ca-file="$PKI/ca.crt" \
    --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key" \
    --enable-hostpath-provisioner=true --kube-api-qps=200 --kube-api-burst=400
  run kube-scheduler "$BIN/kube-scheduler" "${all[@]}" --secure-port=$((PORT + 4)) \
    --{,authentication-,authorization-}kubeconfig="$RUN/scheduler.kubeconfig"
}

up() {
  local start=$EPOCHREALTIME name advertised=(--endpoint-reconciler-type=none)
  mkdir -p "$RUN" "$LOG" "$PID"
  if alive kube-apiserver; then echo "already up"; return; fi
  [ -s "$PKI/sa.pub" ] || certs
  for name in admin controller scheduler proxy kubelet; do kubeconfig $name; done
  audit_policy
  if [ "$NODE" = 1 ]; then "$here/node.sh" net; advertised=(--advertise-address="$IP"); fi
  etcd_up
  apiserver_up "${advertised[@]}"
  until_ k get --raw /readyz || { tail -n 3 "$LOG"/{etcd,kube-apiserver}.log >&2; return 1; }
  controllers_up
  until_ k get serviceaccount default -n default # only now are pods admitted
  if [ "$NODE" = 1 ]; then "$here/node.sh" up; fi
  awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "up after %.1f s\n", b - a }'
  echo "export KUBECONFIG=$RUN/admin.kubeconfig"
}

down() {
  local path
  if [ "$NODE" = 1 ]; then "$here/node.sh" down; fi
  if alive kube-apiserver; then # where the host-path provisioner put volumes
    for path in $(k get pv -o 'jsonpath={.items[*].spec.hostPath.path}'); do
      case $path in /tmp/hostpath_pv/?*) rm -rf "$path" ;; esac
    done
  fi
  stop kube-scheduler kube-controller-manager kube-apiserver etcd
  if [ "$NODE" = 1 ]; then "$here/node.sh" unnet; fi
  rm -rf "$RUN/etcd"
}

status() {
  local file pid
  for file in "$PID"/*; do
    [ -s "$file" ] || continue
    pid=$(cat "$file")
    printf '%-24s %7s %s\n' "${file##*/}" "$pid" \
      "$(awk '/VmRSS/ { printf "%.0f MB", $2 / 1e3 }' "/proc/$pid/status" 2>/dev/null || echo gone)"
  done
}

case ${1:-} in up | down | status) "$1" ;; *) sed -n 2,3p "$0"; exit 2 ;; esac
