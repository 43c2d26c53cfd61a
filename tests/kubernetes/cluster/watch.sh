#!/usr/bin/env bash
# watch.sh OWNER RUN: brings a cluster up in the folder RUN, and down again when the process OWNER has ended, however it
# ended. The result is in RUN/up: the status, then what cluster.sh said. The lock of its index is held as long.
# shellcheck source-path=SCRIPTDIR
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
owner=$1 KUBE_RUN=$2
locks=${TMPDIR:-/tmp}/fairlead-clusters-$(id -u)
mkdir -p "$locks" "$KUBE_RUN"
for index in 0 1 2 3 4 5 6 7 8 9; do
  exec 9>>"$locks/$index"
  flock -n 9 && break
  index=none
done
if [ "$index" = none ]; then printf '1\nten clusters are running already\n' >"$KUBE_RUN/up"; exit 1; fi
export KUBE_INDEX=$index KUBE_RUN
old=$(cat "$locks/$index")
if [ -d "$old" ]; then KUBE_RUN=$old "$here/cluster.sh" down 9>&- >/dev/null 2>&1; rm -rf "$old"; fi # its watch was killed
echo "$KUBE_RUN" >"$locks/$index"
said=$("$here/cluster.sh" up 2>&1 9>&-)
printf '%s\n%s\n' $? "$said" >"$KUBE_RUN/up.part"
mv "$KUBE_RUN/up.part" "$KUBE_RUN/up"
tail --pid="$owner" -f /dev/null
"$here/cluster.sh" down 9>&- >/dev/null 2>&1
rm -rf "$KUBE_RUN"
