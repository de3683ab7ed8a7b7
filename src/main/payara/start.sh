#!/usr/bin/env bash
# Serves the program on Payara Micro: start.sh payara-micro.jar neural-ink.war [more options of Payara Micro, such as --port 9000]
#
# The first run unpacks the server into a directory beside the WAR. When the server ends, it writes the classes it has loaded
# to an archive there, and later runs start faster from it. JAVA_OPTS adds or overrides options of Java. If there is curl, this
# script sends the first requests.
set -euo pipefail
jar=$1 war=$2
shift 2
server=${SERVER_DIRECTORY:-${war%.war}-server}
unpacked=$server/unpacked # has the date of the jar that was unpacked
if [[ ! -e $unpacked || $jar -nt $unpacked || $jar -ot $unpacked ]]; then
  rm -rf "$server"
  java -jar "$jar" --rootdir "$server" --outputlauncher
  cp -r "$server/config" "$server/config.new"
  touch -r "$jar" "$unpacked"
fi
# Payara remembers what it served last, and would deploy that first and then replace it.
rm -rf "$server/applications" "$server/generated" "$server/config"
cp -r "$server/config.new" "$server/config"

# Payara would unpack the WAR at every start. It also caches what is read from a jar for as long as it runs: 24 MB for the native
# library. So the WAR is unpacked here once.
case $(uname -sm) in
  "Linux x86_64") platform=linux-x64 ;;
  "Linux aarch64") platform=linux-aarch64 ;;
  "Darwin arm64") platform=osx-aarch64 ;;
esac
name=$(basename "$war" .war) native=$(realpath "$server")/native
application=$(realpath "$server")/$name
if [[ $war -nt $application ]] && command -v jar >/dev/null; then
  rm -rf "$application" "$native"
  whole=$(realpath "$war") work=$(mktemp -d -p "$server")
  (
    cd "$work"
    mkdir "$name" && cd "$name" && jar -xf "$whole" && cd ..
    [[ -z ${platform:-} ]] || jar -xf "$name"/WEB-INF/lib/onnxruntime-[0-9]*.jar "ai/onnxruntime/native/$platform"
  )
  [[ -z ${platform:-} ]] || mv "$work/ai/onnxruntime/native/$platform" "$native"
  mv "$work/$name" "$application"
  touch "$application"
  rm -rf "$work"
fi
[[ -d $native ]] && library=-Donnxruntime.native.path=$native
deployed=$war
if [[ -d $application ]]; then
  deployed=$application
  sample=$application/WEB-INF/classes/ink/neural/prediction/sample.png
  # Payara caches the models too, unless they are read as files.
  export NEURAL_INK_MODELS=${NEURAL_INK_MODELS:-$application/WEB-INF/classes/models}
fi

# ask_first PORT: sends the first requests while the application warms up and is not ready yet. Their answers take ten times
# as long as later ones, because classes are loaded and nothing is compiled.
ask_first() {
  local tries url=http://127.0.0.1:$1
  for ((tries = 0; tries < 1200; tries++)); do
    curl -sf "$url/api/health/live" && break
    sleep 0.05
  done
  curl -s -H 'Content-Type: image/png' --data-binary "@$sample" "$url/predict?n=[1-100]"
}
port=8080
for ((i = 1; i < $#; i++)); do
  [[ ${!i} != --port ]] || port=${*:i+1:1}
done
if [[ -e ${sample:-} ]] && command -v curl >/dev/null; then
  (ask_first "$port" >/dev/null 2>&1 &)
fi

# Options that not every Java has. Memory that the compiler has freed goes back to the system every 5 s, and objects are smaller.
known=$(java -XX:+PrintFlagsFinal -version 2>/dev/null)
newer=
[[ $known != *TrimNativeHeapInterval* ]] || newer+=" -XX:TrimNativeHeapInterval=5000"
[[ $known != *UseCompactObjectHeaders* ]] || newer+=" -XX:+UseCompactObjectHeaders"

# Java 25 also keeps linked classes and profiles of methods. Writing them takes 6 s longer, once.
if [[ $known == *AOTCacheOutput* ]]; then
  archive=$server/classes.aot
  share=-XX:AOTCache=$archive
  [[ -e $archive ]] || share=-XX:AOTCacheOutput=$archive
else
  archive=$server/classes.jsa
  share=-XX:SharedArchiveFile=$archive
  [[ -e $archive ]] || share=-XX:ArchiveClassesAtExit=$archive
fi
# A permit passes from one thread to the next, which must wake up first. One permit more than processors keeps them busy meanwhile.
permits=$(($(getconf _NPROCESSORS_ONLN) + 1))
# The heap holds 128 MB of bodies, 48 MB for each permit, 176 MB for the program, its young objects and its answers, and 64 MB for
# the buffers of 500 stalled uploads and the bodies that made room for others.
# It grows when that is needed, and shrinks again. The serial collector is enough. 64 clients need 32 MB for young objects.
# More than two malloc arenas only retain native memory.
heap=$((128 + 48 * permits + 240))
# Grizzly would refuse a cookie with a character outside of ASCII, which may be another application's. grizzly-addon.jar checks
# header values instead. It also has the class that manages buffers.
# preboot.txt gives the server enough threads for this queue, which is longer than the default.
# shellcheck disable=SC2086 # JAVA_OPTS and newer hold several options
MALLOC_ARENA_MAX=2 NEURAL_INK_CONCURRENCY=${NEURAL_INK_CONCURRENCY:-$permits} NEURAL_INK_QUEUE=${NEURAL_INK_QUEUE:-384} exec java -Xms90m -Xmn32m -XX:SurvivorRatio=4 -Xmx${heap}m -XX:+UseSerialGC -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 \
  $newer "$share" -Xlog:cds=off -Xlog:cds+dynamic=off ${library:+"$library"} \
  -Dorg.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110=false \
  -Dorg.glassfish.grizzly.DEFAULT_MEMORY_MANAGER=ink.neural.grizzly.UnpooledBuffers ${JAVA_OPTS:-} \
  -jar "$server/launch-micro.jar" --deploy "$deployed" --contextroot / --shutdowngrace 3000 --nohostaware --disablephonehome \
  --prebootcommandfile "$(dirname "$0")/preboot.txt" "$@"
