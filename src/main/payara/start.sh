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

# Payara keeps in memory for ever what it reads of a jar, 24 MB of the native library, unless that lies ready.
case $(uname -sm) in
  "Linux x86_64") platform=linux-x64 ;;
  "Linux aarch64") platform=linux-aarch64 ;;
  "Darwin arm64") platform=osx-aarch64 ;;
esac
native=$(realpath "$server")/native
if [[ ${platform:-} && $war -nt $native ]] && command -v jar > /dev/null; then
  rm -rf "$native"
  whole=$(realpath "$war") unpacked=$(mktemp -d)
  (cd "$unpacked" && jar -xf "$whole" WEB-INF/lib && jar -xf WEB-INF/lib/onnxruntime-[0-9]*.jar "ai/onnxruntime/native/$platform")
  mv "$unpacked/ai/onnxruntime/native/$platform" "$native"
  rm -rf "$unpacked"
  touch "$native"
fi
[[ -d $native ]] && library=-Donnxruntime.native.path=$native

share=-XX:SharedArchiveFile=$archive
[[ -e $archive ]] || share=-XX:ArchiveClassesAtExit=$archive
# One thread collects the heap. New objects, soon forgotten, get 32 MB of it, which 64 clients need; the rest grows for batches, a few
# of the largest size in 512 MB, and what is not needed is given back. More native arenas than two only hold memory back.
# preboot.txt gives the server the threads for a longer queue than others have.
MALLOC_ARENA_MAX=2 NEURAL_INK_QUEUE=${NEURAL_INK_QUEUE:-384} exec java -Xms90m -Xmn32m -XX:SurvivorRatio=4 -Xmx512m -XX:+UseSerialGC -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 \
  "$share" -Xlog:cds=off -Xlog:cds+dynamic=off ${library:+"$library"} ${JAVA_OPTS:-} \
  -jar "$server/launch-micro.jar" --deploy "$war" --contextroot / --shutdowngrace 3000 --nohostaware --disablephonehome \
  --prebootcommandfile "$(dirname "$0")/preboot.txt" "$@"
