#!/usr/bin/env bash
# Serves the program on Payara Micro: start.sh payara-micro.jar neural-ink.war [more options of Payara Micro, such as --port 9000]
#
# The first run unpacks the server into a folder beside the WAR, and when it is told to end keeps there the classes it
# loaded: later runs find them ready and start in half the time. JAVA_OPTS adds to, or overrides, the options for Java.
set -euo pipefail
jar=$1 war=$2
shift 2
server=${war%.war}-server
archive=$server/classes.jsa
[[ -e $server/launch-micro.jar ]] || java -jar "$jar" --rootdir "$server" --outputlauncher
share=-XX:SharedArchiveFile=$archive
[[ -e $archive ]] || share=-XX:ArchiveClassesAtExit=$archive

# A small heap, collected by one thread, holds the full rate; more native arenas than two only hold memory back.
MALLOC_ARENA_MAX=2 exec java -Xmx128m -XX:+UseSerialGC "$share" -Xlog:cds=off -Xlog:cds+dynamic=off ${JAVA_OPTS:-} \
  -jar "$server/launch-micro.jar" --deploy "$war" --contextroot / --shutdowngrace 3000 --nohostaware --disablephonehome \
  --prebootcommandfile "$(dirname "$0")/preboot.txt" "$@"
