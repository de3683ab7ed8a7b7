#!/usr/bin/env bash
# Makes the Python environments of both peers in the given folder.
set -euo pipefail
# shellcheck disable=SC2034 # packages refers to them by name
keras=(tensorflow-cpu==2.21.0 fastapi==0.142.2 uvicorn==0.54.0 pillow==12.3.0 numpy==2.4.6)
# shellcheck disable=SC2034
onnx=(onnxruntime==1.30.0 fastapi==0.142.2 uvicorn==0.54.0 uvloop==0.23.0 httptools==0.8.0 orjson==3.12.0 pillow==12.3.0 numpy==2.4.6)
for peer in keras onnx; do
  declare -n packages=$peer
  [[ -x $1/$peer/bin/uvicorn ]] || { python3 -m venv "$1/$peer" && "$1/$peer/bin/pip" install -q "${packages[@]}"; }
done
