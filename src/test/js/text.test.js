import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { textOfPicture, textOfStrokes } from '../../main/webapp/js/device/clean-canvas.js';
import { imageOf } from '../../main/webapp/js/device/text/line-image.js';
import { segment } from '../../main/webapp/js/device/text/line-segmenter.js';
import { rasterize } from '../../main/webapp/js/raster.js';
import { loadTextReader, planeOf, textAnswers, textDescriptor } from './golden.js';

/** @typedef {import('../../main/webapp/js/strokes.js').Point} Point */
/** @typedef {import('../../main/webapp/js/device/ink.js').Ink} Ink */

const TOLERANCE = 1e-4;
/** A pixel of a line image in the file is a byte, so it may be half a level off. */
const PIXEL_TOLERANCE = 1 / 255;

/** @param {string} picture */
const inkOf = (picture) => /** @type {Ink} */ (textOfPicture(planeOf(`text/${picture}`)));

/** @param {Point[][]} strokes */
const draw = (...strokes) =>
  rasterize(
    strokes.map((points) => ({ width: 4, points })),
    280,
    600,
  );

/** @param {unknown} actual @param {unknown} expected @param {string} [where] */
function assertAlike(actual, expected, where = 'answer') {
  if (typeof expected === 'number') {
    assert.ok(Math.abs(Number(actual) - expected) < TOLERANCE, `${where}: ${actual}, not ${expected}`);
  } else if (expected instanceof Object) {
    assert.deepEqual(Object.keys(actual ?? {}).sort(), Object.keys(expected).sort(), where);
    for (const [name, value] of Object.entries(expected))
      assertAlike(/** @type {any} */ (actual)[name], value, `${where}.${name}`);
  } else {
    assert.equal(actual, expected, where);
  }
}

describe('text in the browser', () => {
  /** @type {import('../../main/webapp/js/device/text/text-reader.js').TextReader} */
  let reader;
  before(async () => {
    reader = await loadTextReader();
  });

  for (const { picture, options, images, answer } of textAnswers) {
    test(`on the picture ${picture} is read with ${JSON.stringify(options)} as on the server`, async () => {
      assertAlike(await reader.answer(inkOf(picture), reader.constraints(options), options), answer);
    });

    test(`on the picture ${picture} has the same line images with ${JSON.stringify(options)}`, () => {
      const lines = segment(inkOf(picture)).map((line) => imageOf(line, textDescriptor, Infinity).pixels);
      assert.equal(lines.length, images.length);
      lines.forEach((pixels, i) => {
        const expected = Buffer.from(images[i], 'base64');
        assert.equal(pixels.length, expected.length);
        pixels.forEach((pixel, j) => assert.ok(Math.abs(pixel - expected[j] / 255) < PIXEL_TOLERANCE, `pixel ${j}`));
      });
    });
  }

  test('is refused with a wrong pattern', () => {
    assert.throws(() => reader.constraints({ pattern: '[A-' }), { kind: 'bad-option' });
  });

  test('that does not fit the pattern is a problem', async () => {
    const constraints = reader.constraints({ pattern: '[a-z]{60}' });
    await assert.rejects(reader.answer(inkOf('year'), constraints, {}), { kind: 'no-match' });
  });

  test('of too many lines is a problem', async () => {
    const marks = Array.from({ length: 13 }, (_, i) => zigzag(40, 12 + 20 * i));
    await assert.rejects(reader.answer(/** @type {Ink} */ (textOfStrokes(draw(...marks))), {}, {}), {
      kind: 'too-much-text',
    });
  });
});

/** @param {number} x @param {number} y @returns {Point[]} */
const zigzag = (x, y) => Array.from({ length: 8 }, (_, i) => [x + 8 * i, y + (i % 2) * 12]);

describe('lines', () => {
  /** @param {Point[][]} strokes */
  const heights = (...strokes) =>
    segment(/** @type {Ink} */ (textOfStrokes(draw(...strokes)))).map(({ ink }) => ink.box.bottom - ink.box.top);

  test('of letters side by side are one', () => assert.equal(heights(zigzag(40, 60), zigzag(140, 64)).length, 1));

  test('below each other are several', () => assert.equal(heights(zigzag(40, 60), zigzag(40, 120)).length, 2));
});
