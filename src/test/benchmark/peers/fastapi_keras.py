"""A peer with FastAPI and the `model.predict` of Keras. The weights are random: the speed does not depend on them."""

import os

os.environ.update(CUDA_VISIBLE_DEVICES="-1", TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow")

import keras
from fastapi import FastAPI, HTTPException
from keras import layers
from pydantic import BaseModel

from steps import answer, glyph_of

app = FastAPI()
model = keras.Sequential([
    keras.Input((28, 28, 1)),
    *[layer for filters in (32, 64, 128)
      for layer in (layers.Conv2D(filters, 3, padding="same", activation="relu"), layers.MaxPooling2D())],
    layers.Flatten(), layers.Dense(256, activation="relu"), layers.Dropout(0.5), layers.Dense(62, activation="softmax")])


class Request(BaseModel):
    image: str


@app.post("/predict")
def predict(request: Request):
    glyph = glyph_of(request.image)
    if glyph is None:
        raise HTTPException(422, "nothing drawn")
    return answer(model.predict(glyph.reshape(1, 28, 28, 1), verbose=0)[0])
