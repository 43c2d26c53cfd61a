# shellcheck shell=bash disable=SC2034 # its variables are those of cluster.sh and node.sh
# lib.sh: what cluster.sh and node.sh share. Several clusters of one machine differ by KUBE_INDEX (0 to 9) alone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
INDEX=${KUBE_INDEX:-0} BIN=${KUBE_BIN:-$here/bin} RUN=${KUBE_RUN:-$here/run} NODE=${KUBE_NODE:-0}
PORT=${KUBE_PORT:-$((21440 + 10 * INDEX))} PKI=$RUN/pki LOG=$RUN/log PID=$RUN/pid
NS=fairlead-test$INDEX LINK=flt$INDEX HOST=10.99.$INDEX.1 ST=/run/$NS
POD_CIDR=10.244.$INDEX.0/24 SVC_CIDR=10.96.$((16 * INDEX)).0/20 SVC_FIRST=10.96.$((16 * INDEX)).1
# Not `ip netns exec`: it remounts /sys and hides the cgroups.
if [ "$NODE" = 1 ]; then IP=10.99.$INDEX.2 IN=(nsenter "--net=/run/netns/$NS"); else IP=127.0.0.1 IN=(); fi

run() { # NAME COMMAND…: in the background, in the node's network; no descriptor of ours but its log
  local name=$1
  shift
  setsid nohup "${IN[@]}" "$@" >"$LOG/$name.log" 2>&1 </dev/null 9>&- &
  echo $! >"$PID/$name"
}

lives() { # PID: a zombie does not
  local stat
  stat=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) && [ "${stat%% *}" != Z ]
}

alive() { [ -s "$PID/$1" ] && lives "$(cat "$PID/$1")"; }

stop() { # NAME…: asks, then insists after 10 s
  local name pid
  for name; do
    [ -s "$PID/$name" ] || continue
    pid=$(cat "$PID/$name")
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 200); do lives "$pid" || break; sleep 0.05; done
    if lives "$pid"; then kill -9 "$pid"; fi
    rm -f "$PID/$name"
  done
}

k() { "${IN[@]}" "$BIN/kubectl" --kubeconfig "$RUN/admin.kubeconfig" --request-timeout=30s "$@"; }

until_() { # COMMAND…: until it succeeds, 3 minutes at most: machines can be busy
  for _ in $(seq 1800); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done
  echo "timed out: $*" >&2
  return 1
}
