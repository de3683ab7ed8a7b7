#!/usr/bin/env bash
# Measures the capacity of one server on one core in a container of 768 MiB, and the CPU time that HAProxy and TLS add.
# Needs Linux with wrk, HAProxy and OpenSSL, two idle cores, and the files that mvn verify leaves in target/.
#
#     src/test/sh/capacity.sh [SECONDS per figure, default 20]
set -euo pipefail
cd "$(dirname "$0")/../../.."
seconds=${1:-20}
work=$(mktemp -d)
trap 'kill -9 $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -r "$work"' EXIT

# The CPU seconds that a process has used.
cpu() { awk -v tick="$(getconf CLK_TCK)" '{print ($14 + $15) / tick}' "/proc/$1/stat"; }

# load URL [CONNECTIONS]: a closed loop, by default of 8 connections. Any answer but 200 ends the script.
load() {
  taskset -c 1 wrk -t 1 -c "${2:-8}" -d "${seconds}s" --latency -s src/test/sh/drawings.lua "$1" >"$work/wrk"
  if grep -E 'Non-2xx|Socket errors' "$work/wrk"; then exit 1; fi
  requests=$(awk '/requests in/ {print $1}' "$work/wrk")
}
figure() { awk -v name="$1" '$1 == name {print $2}' "$work/wrk"; }

# direct NAME DRAWINGS_PER_REQUEST [CONNECTIONS]: drawings that the server answers per CPU second.
direct() {
  local before
  before=$(cpu "$server")
  load http://127.0.0.1:8390/ "${3:-8}"
  awk -v name="$1" -v used="$(cpu "$server")" -v before="$before" -v drawings="$((requests * $2))" \
    -v median="$(figure 50%)" -v p99="$(figure 99%)" 'BEGIN {
    printf "%s: %.0f drawings per core and second, median %s, p99 %s\n", name, drawings / (used - before), median, p99}'
}

# through NAME URL: the CPU time that HAProxy uses per request.
through() {
  local before
  before=$(cpu "$balancer")
  load "$2"
  awk -v name="$1" -v used="$(cpu "$balancer")" -v before="$before" -v requests="$requests" 'BEGIN {
    printf "HAProxy, %s: %.3f ms per request, %.0f requests per core and second\n",
      name, 1000 * (used - before) / requests, requests / (used - before)}'
}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost \
  -keyout "$work/key" -out "$work/certificate" 2>"$work/openssl"
cat "$work/certificate" "$work/key" >"$work/pem"
sed -e "s|^    bind :8080|    bind 127.0.0.1:8391\n    bind 127.0.0.1:8392 ssl crt $work/pem alpn http/1.1|" \
  -e 's|^    server-template.*|    server one 127.0.0.1:8390|' docker/haproxy.cfg >"$work/haproxy.cfg"
printf 'global\n    stats socket ipv4@127.0.0.1:8393\n' >>"$work/haproxy.cfg"

# One core, and the heap size of the container image in 768 MiB.
taskset -c 0 java -Xmx307m -Djava.io.tmpdir="$work" -jar target/dependency/payara-micro.jar --nested \
  --deploy target/neural-ink.war --contextroot / --port 8390 --shutdowngrace 3000 --nohostaware --disablephonehome \
  --prebootcommandfile src/main/payara/preboot.txt >"$work/log" 2>&1 &
server=$!
until curl -sf -o "$work/ready" http://127.0.0.1:8390/api/health/ready; do kill -0 "$server" && sleep 0.5; done
echo "ready after $(cpu "$server") CPU seconds"
taskset -c 1 haproxy -db -f "$work/haproxy.cfg" >"$work/haproxy.log" 2>&1 &
balancer=$!

# Warm-up. At first the JIT compiler needs the core as well.
taskset -c 1 wrk -t 1 -c 2 -d "$((2 * seconds))s" -s src/test/sh/drawings.lua http://127.0.0.1:8390/ >"$work/wrk"
direct JSON 1
AS="png" direct PNG 1
AS="batch" direct "batches of 62" 62 2
echo "memory: $(awk '/VmRSS|VmHWM/ {printf "%s %.0f MiB ", $1, $2 / 1024}' "/proc/$server/status")"

through 'plain' http://127.0.0.1:8391/
exec 3<>/dev/tcp/127.0.0.1/8393
echo 'show stat' >&3
awk -F , '$1 == "replicas" && $2 == "one" {printf "a drawing in JSON: %.0f bytes in, %.0f bytes out\n", $9 / $8, $10 / $8}' <&3
through 'TLS 1.3, persistent connections' https://127.0.0.1:8392/
CLOSE=1 through 'TLS 1.3, a new connection for each request' https://127.0.0.1:8392/

# Overload, with HAProxy and the server on one core.
taskset -a -c -p 0 "$balancer" >"$work/taskset"
taskset -c 1 mvn -q -B test-compile exec:java -Dexec.mainClass=ink.neural.load.LoadGenerator \
  -Dexec.args="8391 $server 0 allx$seconds 500%x$seconds allx$seconds"
