/**
 * @file The worker that reads drawings on this device, so that the page stays responsive. `device.js` sends it requests.
 */
import { rasterize } from '../raster.js';
import { SHEET } from '../strokes.js';
import { CharacterModel } from './character-model.js';
import { inkOfPicture, inkOfStrokes } from './clean-canvas.js';
import { greysOf } from './picture-pixels.js';

/** Where the files of the model and its runtime are. @typedef {{runtime: string, wasm: string, file: string, descriptor: string}} Addresses */

/**
 * @typedef {object} Question
 * @property {readonly import('../strokes.js').Stroke[]} strokes
 * @property {Blob | undefined} picture instead of strokes
 * @property {import('./character-model.js').Options} options
 */

/** @type {Promise<CharacterModel>} */
let model;

/** @param {Addresses} addresses @param {string[]} labels */
async function load({ runtime: script, wasm, file, descriptor }, labels) {
  const runtime = /** @type {import('./character-model.js').Runtime} */ (await import(script));
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = { wasm };
  const [network, properties] = await Promise.all([fetchFile(file), fetchFile(descriptor)]);
  const session = await runtime.InferenceSession.create(await network.arrayBuffer());
  return new CharacterModel(runtime, session, await properties.json(), labels);
}

/** @param {string} url */
async function fetchFile(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response;
}

/** @param {Question} question */
async function answer({ strokes, picture, options }) {
  const plane = picture ? await greysOf(picture) : rasterize(strokes, SHEET);
  const ink = picture ? plane && inkOfPicture(plane) : plane && inkOfStrokes(plane);
  return ink && (await model).answer(ink, options);
}

addEventListener('message', async ({ data: { id, load: files, question } }) => {
  try {
    if (files) model = load(files.addresses, files.labels);
    postMessage({ id, result: files ? Boolean(await model) : await answer(question) });
  } catch (cause) {
    postMessage({ id, error: String(cause) });
  }
});
