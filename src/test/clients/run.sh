#!/usr/bin/env bash
# Generates Java, Python and TypeScript clients from openapi.yaml and tries them on a running server: run.sh URL
set -euo pipefail
server=$1
cd "$(dirname "${BASH_SOURCE[0]}")"

echo "Java"
mvn -q -B -ntp -f java/pom.xml test "-Dserver=$server"

echo "Python"
python=java/target/venv
[[ -x $python/bin/python ]] || python3 -m venv "$python"
PIP_RETRIES=${PIP_RETRIES:-1} "$python/bin/pip" install --quiet --requirement java/target/python/requirements.txt
PYTHONPATH=java/target/python "$python/bin/python" python/smoke.py "$server"

echo "TypeScript"
[[ typescript/node_modules/.package-lock.json -nt typescript/package-lock.json ]] || npm --prefix typescript --silent ci
npm --prefix typescript --silent run generate
npm --prefix typescript --silent run compile
node typescript/target/smoke.js "$server"
