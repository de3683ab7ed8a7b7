#!/usr/bin/env bash
# Builds the image and tests it on a Linux machine without a container engine. Needs root, buildah, curl and jq.
#
#     docker/verify.sh BUILD_BASE JRE_BASE [further options of buildah bud]
#
# The process runs as an engine would run it: with the image's entrypoint and user, a read-only root file system, an
# empty noexec /tmp, no capabilities, no new privileges, and namespaces for network and processes. Only the JVM is told how
# much memory it has (MEMORY, 1g). There is no cgroup.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${1:-} != --inside ]]; then
  buildah bud --isolation chroot --layers --format docker --build-arg "BUILD_BASE=$1" --build-arg "JRE_BASE=$2" \
    "${@:3}" -f docker/Dockerfile -t neural-ink .
  container=$(buildah from neural-ink)
  trap 'buildah rm "$container" >/dev/null' EXIT
  config=$(buildah inspect "$container" | jq .Docker.config)
  unshare --mount --net --uts --pid --fork --mount-proc -- "$0" --inside "$(buildah mount "$container")" "$config"
  exit
fi

root=$2
config=$3
url=http://127.0.0.1:8080
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

fail() {
  tail -n 20 "$work/log" >&2
  echo "FAILED: $*" >&2
  exit 1
}

of_image() {
  jq -r "$1" <<<"$config"
}

# Replaces this process with a command in the container.
inside() {
  mapfile -t environment < <(of_image '.Env[]')
  # shellcheck disable=SC2016 # the shell in the container expands $0 and $@
  exec setpriv --no-new-privs env -i "${environment[@]}" "JAVA_TOOL_OPTIONS=-XX:MaxRAM=${MEMORY:-1g}" \
    chroot --userspec="$(of_image .User)" --groups= "$root" \
    bash -c 'cd "$0" && exec "$@"' "$(of_image .WorkingDir)" "$@"
}

healthy() (
  mapfile -t test < <(of_image '.Healthcheck.Test[1:][]')
  inside "${test[@]}"
)

# An engine writes the host name and its address.
hostname localhost
echo "127.0.0.1 localhost" >"$root/etc/hosts"
ip link set lo up
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=1777,noexec,nosuid,nodev tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
(inside touch /opt/neural-ink/written) 2>/dev/null && fail "the root file system is writable"
healthy 2>/dev/null && fail "healthy before the server runs"

mapfile -t entrypoint < <(of_image '.Entrypoint[]')
(inside "${entrypoint[@]}") >"$work/log" 2>&1 &
server=$!
for ((second = 0; second < 120; second++)); do
  healthy 2>/dev/null && break
  kill -0 "$server" 2>/dev/null || fail "exited before it was healthy"
  sleep 1
done
healthy || fail "not healthy"
echo "healthy after about $second s"

grep -E '^(Uid|CapEff|NoNewPrivs|VmRSS)' "/proc/$server/status" | tr -s '\t ' ' '
[[ $(stat -c %u "/proc/$server") != 0 ]] || fail "runs as root"
grep -q '^CapEff:.0*$' "/proc/$server/status" || fail "has capabilities"
du -sh "$root/tmp" | cut -f 1 | sed 's/$/ in \/tmp/'

image="data:image/png;base64,$(base64 -w0 src/test/resources/golden/upper-r.png)"
answer=$(curl -sS --fail-with-body -H 'Content-Type: application/json' -d "{\"image\":\"$image\"}" "$url/predict")
echo "$answer"
[[ $(jq -r '.predictions[0].label' <<<"$answer") == R ]] || fail "R is read as something else"
curl -sS -o /dev/null --fail "$url/" || fail "the page is missing"

# A batch in flight at SIGTERM is answered.
jq -nc --arg image "$image" '{glyph: true, images: [range(256) | $image]}' >"$work/batch.json"
batch() {
  curl -sS -o "$work/answer" -w '%{http_code}' -H 'Content-Type: application/json' -d "@$work/batch.json" \
    "$url/predict/batch" >"$work/status"
}
batch
batch &
batch=$!
until [[ $(curl -sS "$url/api/metrics") == *"neural_ink_in_flight 2"* ]]; do
  kill -0 "$batch" 2>/dev/null || fail "the batch ended too soon"
done
kill -TERM "$server"
began=${EPOCHREALTIME/./}
wait "$batch" || fail "the connection of the batch was closed"
echo "batch: $(<"$work/status"), $(((${EPOCHREALTIME/./} - began) / 1000)) ms after SIGTERM"
[[ $(<"$work/status") == 200 && $(jq '.results | length' "$work/answer") == 256 ]] || fail "the batch was not answered"
wait "$server" || status=$?
echo "exited with ${status:-0}, $(((${EPOCHREALTIME/./} - began) / 1000)) ms after SIGTERM"
((${EPOCHREALTIME/./} - began < 10000000)) || fail "still running when an engine would have killed it"
