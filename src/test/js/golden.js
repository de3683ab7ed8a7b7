/**
 * @file The golden drawings, and the runtime and the model that read them in a browser.
 */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import * as runtime from 'onnxruntime-web/wasm';
import { CharacterModel } from '../../main/webapp/js/device/character-model.js';
import { Dictionary } from '../../main/webapp/js/device/decoding/dictionary.js';
import { TextModel } from '../../main/webapp/js/device/text/text-model.js';
import { TextReader } from '../../main/webapp/js/device/text/text-reader.js';

const resources = new URL('../resources/golden/', import.meta.url);
const models = new URL('../../../models/', import.meta.url);
const english = new URL('../../main/resources/ink/neural/decoding/english.gz', import.meta.url);
const dist = new URL('node_modules/onnxruntime-web/dist/', import.meta.url);

/** @param {string | URL} path @param {URL} [base] */
const readJson = (path, base) => JSON.parse(readFileSync(new URL(path, base), 'utf8'));

/** The glyph of each drawing as the training makes it. @type {Record<string, number[]>} */
export const glyphs = readJson('tensors.json', resources);

/**
 * The answers of the Java program.
 * @type {{drawing: string, charset: string, guided: boolean, legibility: number, predictions: Record<string, number>}[]}
 */
export const answers = readJson('answers.json', resources);

/** @type {import('../../main/webapp/js/device/recognition.js').Descriptor} */
export const descriptor = readJson('emnist-byclass.json', models);

/**
 * The log probabilities of some lines, and the texts that the Java program finds in them.
 * @type {{
 *   lines: Record<string, string>,
 *   questions: ({line: string, options: {charset?: string, pattern?: string, dictionary?: boolean, before?: string}}
 *     & import('../../main/webapp/js/device/decoding/decoder.js').NBestList)[],
 *   wrongPatterns: {pattern: string, position: number, message: string}[]}}
 */
export const decoding = readJson('decoding.json', resources);

/** @type {import('../../main/webapp/js/device/text/text-model.js').TextDescriptor} */
export const textDescriptor = readJson('text.json', models);

/** @returns {Promise<Dictionary>} the dictionary that is part of the program */
export const loadDictionary = () => Dictionary.load(new Response(readFileSync(english)));

/**
 * Pictures of text, the images of their lines, and the answers of the Java program.
 * @type {{picture: string, options: import('../../main/webapp/js/device/text/text-reader.js').Options, images: string[],
 *   answer: import('../../main/webapp/js/protocol').TextAnswer}[]}
 */
export const textAnswers = readJson('text/answers.json', resources);

/** @returns {Promise<TextReader>} with the models that are part of the program */
export async function loadTextReader() {
  const session = await createSession('text.onnx');
  const model = new TextModel(runtime, session, textDescriptor);
  return new TextReader(model, await loadModel(), await loadDictionary());
}

/** @returns {Promise<CharacterModel>} the model that is part of the program */
export async function loadModel() {
  const session = await createSession('emnist-byclass.onnx');
  /** @type {string[]} */
  const labels = Object.values(readJson('../label_map.json', models));
  return new CharacterModel(runtime, session, descriptor, labels);
}

/** @param {string} file of the network */
function createSession(file) {
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmBinary = new Uint8Array(readFileSync(new URL('ort-wasm-simd-threaded.wasm', dist))).buffer;
  return runtime.InferenceSession.create(readFileSync(new URL(file, models)));
}

/**
 * The pixels of a golden drawing: a PNG file of 8 bits of grey.
 * @param {string} name
 * @returns {import('../../main/webapp/js/raster.js').Plane}
 */
export function planeOf(name) {
  const png = readFileSync(new URL(`${name}.png`, resources));
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  /** @type {Buffer[]} */
  const data = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(data)), width, height) };
}

/** Each row begins with its filter (PNG specification, section 9). @param {Buffer} rows @param {number} width @param {number} height */
function unfilter(rows, width, height) {
  const pixels = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (width + 1)];
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? pixels[y * width + x - 1] : 0;
      const up = y > 0 ? pixels[(y - 1) * width + x] : 0;
      const corner = x > 0 && y > 0 ? pixels[(y - 1) * width + x - 1] : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[y * width + x] = (rows[y * (width + 1) + 1 + x] + predicted) & 255;
    }
  }
  return pixels;
}

/** @param {number} left @param {number} up @param {number} corner */
function paeth(left, up, corner) {
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(left + up - corner - value));
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
