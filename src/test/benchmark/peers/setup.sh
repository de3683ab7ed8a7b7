#!/usr/bin/env bash
# Creates the Python environments of both peers in a folder: setup.sh FOLDER
set -euo pipefail

# environment FOLDER PACKAGE...
environment() {
  [[ -x $1/bin/uvicorn ]] && return
  python3 -m venv "$1"
  "$1/bin/pip" install -q "${@:2}"
}

environment "$1/keras" tensorflow-cpu==2.21.0 fastapi==0.142.2 uvicorn==0.54.0 pillow==12.3.0 numpy==2.4.6
environment "$1/onnx" onnxruntime==1.30.0 fastapi==0.142.2 uvicorn==0.54.0 uvloop==0.23.0 httptools==0.8.0 orjson==3.12.0 \
  pillow==12.3.0 numpy==2.4.6
