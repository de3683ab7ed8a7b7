/**
 * @file The worker that reads drawings on this device, so that the page stays responsive. `device.js` sends it requests.
 */
import { Problem } from '../predict.js';
import { rasterize } from '../raster.js';
import { PICTURE_HEIGHT, pictureWidth } from '../reading.js';
import { SHEET } from '../strokes.js';
import { CharacterModel } from './character-model.js';
import { inkOfPicture, inkOfStrokes, textOfPicture, textOfStrokes } from './clean-canvas.js';
import { Dictionary } from './decoding/dictionary.js';
import { greysOf } from './picture-pixels.js';
import { TextModel } from './text/text-model.js';
import { TextReader } from './text/text-reader.js';

/** Where the files of the runtime and of the model of single characters are. @typedef {{runtime: string, wasm: string, file: string, descriptor: string}} CharacterAddresses */
/** Where the files of the text model are. @typedef {{file: string, descriptor: string, dictionary: string}} TextAddresses */

/** @typedef {import('./character-model.js').Runtime} Runtime */

/**
 * @typedef {object} Question
 * @property {readonly import('../strokes.js').Stroke[]} strokes
 * @property {Blob | undefined} picture instead of strokes
 * @property {any} options of the API
 */

/** @type {Promise<Runtime>} */
let runtime;
/** @type {Promise<CharacterModel>} */
let model;
/** @type {Promise<TextReader>} */
let reader;

/** What the page can ask for. @type {Record<string, (request: any) => Promise<unknown>>} */
const tasks = {
  loadCharacters(/** @type {{addresses: CharacterAddresses, labels: string[]}} */ { addresses, labels }) {
    runtime = loadRuntime(addresses);
    model = loadCharacters(addresses, labels);
    return model.then(() => true);
  },
  loadText(/** @type {TextAddresses} */ addresses) {
    reader = loadText(addresses);
    return reader.then(() => true);
  },
  readCharacter,
  readText,
};

/** @param {CharacterAddresses} addresses */
async function loadRuntime({ runtime: script, wasm }) {
  const loaded = /** @type {Runtime} */ (await import(script));
  loaded.env.wasm.numThreads = 1;
  // Compiling the file while the service worker sends it takes longer.
  loaded.env.wasm.wasmBinary = await (await fetchFile(wasm)).arrayBuffer();
  return loaded;
}

/** @param {CharacterAddresses} addresses @param {string[]} labels */
async function loadCharacters({ file, descriptor }, labels) {
  const [session, properties] = await Promise.all([createSession(file), fetchFile(descriptor)]);
  delete (await runtime).env.wasm.wasmBinary; // It is compiled.
  return new CharacterModel(await runtime, session, await properties.json(), labels);
}

/** @param {TextAddresses} addresses */
async function loadText({ file, descriptor, dictionary }) {
  const [session, properties, words] = await Promise.all([
    createSession(file),
    fetchFile(descriptor).then((response) => response.json()),
    fetchFile(dictionary).then((response) => Dictionary.load(response)),
  ]);
  return new TextReader(new TextModel(await runtime, session, properties), await model, words);
}

/** @param {string} file address of a network */
async function createSession(file) {
  const [{ InferenceSession }, network] = await Promise.all([runtime, fetchFile(file)]);
  return InferenceSession.create(await network.arrayBuffer());
}

/** The page may have kept the file. A worker that is older than the service worker does not get it from there. @param {string} url */
async function fetchFile(url) {
  const response = (await globalThis.caches?.match(url)) ?? (await fetch(url));
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response;
}

/** @param {Question} question @returns the answer, or null if the picture has to be cleaned */
async function readCharacter({ strokes, picture, options }) {
  const plane = picture ? await greysOf(picture) : rasterize(strokes, SHEET);
  const ink = plane && (picture ? inkOfPicture(plane) : inkOfStrokes(plane));
  return ink && (await model).answer(ink, options);
}

/** @param {Question} question @returns the answer, or null if the picture has to be cleaned */
async function readText({ strokes, picture, options }) {
  const text = await reader;
  const constraints = text.constraints(options);
  const plane = picture ? await greysOf(picture) : rasterize(strokes, PICTURE_HEIGHT, pictureWidth(strokes));
  const ink = plane && (picture ? textOfPicture(plane) : textOfStrokes(plane));
  return ink && text.answer(ink, constraints, options);
}

addEventListener('message', async ({ data: { id, task, request } }) => {
  try {
    postMessage({ id, result: await tasks[task](request) });
  } catch (cause) {
    const { status, kind } = /** @type {Problem} */ (cause);
    const problem = cause instanceof Problem && { status, kind };
    postMessage({ id, error: String(cause), problem });
  }
});
