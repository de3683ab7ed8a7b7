"""A fast peer in Python: FastAPI, Pillow and ONNX Runtime with the same network, in two processes."""

import os
from pathlib import Path

import numpy as np
import onnxruntime
import orjson
from fastapi import FastAPI, Request, Response

from steps import answer, glyph_of

model = Path(os.environ["MODEL"])
descriptor = orjson.loads(model.with_suffix(".json").read_bytes())
app = FastAPI()
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
prior = {
    "log_prior": np.log(np.array(descriptor["priors"]["predict"], np.float32)),
    "threshold": np.array([descriptor["cascade"]["thresholds"]["predict"]], np.float32),
}


@app.post("/predict")
async def predict(request: Request) -> Response:
    """Uses no thread pool and no validation layer. The inference is too short to be worth either."""
    glyph = glyph_of(orjson.loads(await request.body())["image"])
    if glyph is None:
        return Response(b'{"detail":"nothing drawn"}', 422, media_type="application/json")
    logits = session.run(["logits"], {"image": glyph.reshape(1, 1, 28, 28)} | prior)[0][0] / descriptor["temperature"]
    odds = np.exp(logits - logits.max())
    return Response(orjson.dumps(answer(odds / odds.sum())), media_type="application/json")
