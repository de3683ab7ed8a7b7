import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Alphabet } from '../../main/webapp/js/device/decoding/alphabet.js';
import { Decoder } from '../../main/webapp/js/device/decoding/decoder.js';
import texts from '../../main/webapp/js/i18n/later/en.js';
import { FieldPattern, InvalidPatternError } from '../../main/webapp/js/device/decoding/field-pattern.js';
import { decoding, loadDictionary, textDescriptor } from './golden.js';

const TOLERANCE = 1e-4;
const alphabet = new Alphabet(textDescriptor.alphabet);

/** @param {string} base64 of numbers of 4 bytes */
function framesOf(base64) {
  const values = new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
  return Array.from({ length: values.length / alphabet.size }, (_, t) =>
    values.subarray(t * alphabet.size, (t + 1) * alphabet.size),
  );
}

/** @param {number} actual @param {number} expected @param {string} what */
const assertNear = (actual, expected, what) =>
  assert.ok(Math.abs(actual - expected) < TOLERANCE, `${what}: ${actual}, not ${expected}`);

describe('the decoder in the browser', () => {
  /** @type {Decoder} */
  let decoder;
  before(async () => {
    decoder = new Decoder(alphabet, textDescriptor.decoder, await loadDictionary());
  });

  for (const { line, options, hypotheses, spans } of decoding.questions) {
    test(`reads ${line} with ${JSON.stringify(options)} as the server does`, () => {
      const pattern = options.pattern === undefined ? undefined : FieldPattern.compile(options.pattern, alphabet);
      const found = decoder.decode(framesOf(decoding.lines[line]), { ...options, pattern }, 5);
      assert.deepEqual(
        found.hypotheses.map(({ text }) => text),
        hypotheses.map(({ text }) => text),
      );
      found.hypotheses.forEach(({ text, probability }, i) => assertNear(probability, hypotheses[i].probability, text));
      assert.deepEqual(
        found.spans.map(({ confidence, ...span }) => span),
        spans.map(({ confidence, ...span }) => span),
      );
      found.spans.forEach(({ character, confidence }, i) => assertNear(confidence, spans[i].confidence, character));
    });
  }

  test('does not go without a dictionary that it should consult', () => {
    const frames = framesOf(decoding.lines.bed);
    assert.throws(() => new Decoder(alphabet).decode(frames, { dictionary: true }, 1), /dictionary/);
  });
});

describe('a pattern', () => {
  for (const { pattern, position, message } of decoding.wrongPatterns) {
    test(`${pattern} is refused as on the server, and the page says why in the same words`, () => {
      assert.throws(
        () => FieldPattern.compile(pattern, alphabet),
        (/** @type {InvalidPatternError} */ error) => {
          const words = /** @type {Record<string, string>} */ (texts)[error.reason];
          assert.deepEqual({ position: error.position, message: words }, { position, message });
          return error instanceof InvalidPatternError;
        },
      );
    });
  }
});
