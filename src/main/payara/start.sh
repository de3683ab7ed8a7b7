#!/usr/bin/env bash
# Serves the program on Payara Micro: start.sh payara-micro.jar neural-ink.war [more options of Payara Micro, such as --port 9000]
#
# The first run unpacks the server into a folder beside the WAR, and when it is told to end keeps there the classes it
# loaded: later runs find them ready and start sooner. JAVA_OPTS adds to, or overrides, the options for Java.
set -euo pipefail
jar=$1 war=$2
shift 2
server=${war%.war}-server
archive=$server/classes.jsa
if [[ ! -e $server/launch-micro.jar ]]; then
  java -jar "$jar" --rootdir "$server" --outputlauncher
  cp -r "$server/config" "$server/config.new"
fi
# Payara would start again what it served last, and then put the same in its place.
rm -rf "$server/applications" "$server/generated" "$server/config"
cp -r "$server/config.new" "$server/config"

share=-XX:SharedArchiveFile=$archive
[[ -e $archive ]] || share=-XX:ArchiveClassesAtExit=$archive
# One thread collects the heap, which holds the full rate in 192 MB and a few batches of the largest size in 512; what is
# not needed is given back. More native arenas than two only hold memory back.
MALLOC_ARENA_MAX=2 exec java -Xms128m -Xmx512m -XX:+UseSerialGC -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 \
  "$share" -Xlog:cds=off -Xlog:cds+dynamic=off ${JAVA_OPTS:-} \
  -jar "$server/launch-micro.jar" --deploy "$war" --contextroot / --shutdowngrace 3000 --nohostaware --disablephonehome \
  --prebootcommandfile "$(dirname "$0")/preboot.txt" "$@"
