import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { inkOfPicture, inkOfStrokes } from '../../main/webapp/js/device/clean-canvas.js';
import { normalize, turn } from '../../main/webapp/js/device/glyph.js';
import { legibilityOf, rank, scoresOf } from '../../main/webapp/js/device/recognition.js';
import { rasterize } from '../../main/webapp/js/raster.js';
import { SHEET } from '../../main/webapp/js/strokes.js';
import { answers, descriptor, glyphs, loadModel, planeOf } from './golden.js';

/** @typedef {import('../../main/webapp/js/strokes.js').Point} Point */

/** The lines of the sheet. */
const GUIDES = { baseline: 196, xheight: 112, capheight: 56 };

/** @param {Point[][]} strokes @param {number} [width] */
const draw = (strokes, width = 16) =>
  rasterize(
    strokes.map((points) => ({ width, points })),
    SHEET,
  );

/** @type {Point[]} */
const STEM = [
  [100, 60],
  [100, 220],
];
/** @type {Point[]} */
const BAR = [
  [100, 60],
  [190, 60],
];
/** @param {number} x @param {number} y @returns {Point[]} */
const dot = (x, y) => [[x, y]];

/** @param {(grey: number) => number} change */
function recoloured(change) {
  const plane = draw([STEM, BAR]);
  return { ...plane, pixels: plane.pixels.map(change) };
}

describe('a clean canvas', () => {
  test('has the ink of all its strokes', () => {
    const ink = inkOfPicture(draw([STEM, BAR]));
    assert.deepEqual(ink?.box, { left: 92, top: 52, right: 198, bottom: 228 });
  });

  test('may have any paper', () => {
    for (const change of [(/** @type {number} */ grey) => 255 - grey, (/** @type {number} */ grey) => 40 + grey / 2]) {
      assert.deepEqual(inkOfPicture(recoloured(change))?.box, inkOfPicture(draw([STEM, BAR]))?.box);
    }
  });

  test('has the same ink as its strokes', () => {
    for (const name of Object.keys(glyphs)) {
      const plane = planeOf(name);
      assert.deepEqual(inkOfPicture(plane), inkOfStrokes(plane));
    }
  });

  test('may have a bar apart from the stem', () => {
    const [[left, y], [right]] = BAR;
    const plane = draw([
      STEM,
      BAR,
      [
        [left + 30, y + 70],
        [right, y + 70],
      ],
    ]);
    assert.deepEqual(inkOfPicture(plane), inkOfStrokes(plane));
  });

  /** @type {[string, import('../../main/webapp/js/raster.js').Plane][]} */
  const others = [
    ['weak ink', recoloured((grey) => 200 + grey / 5)],
    ['no ink', draw([])],
    ['ink at the edge', draw([[...STEM, [100, 290]]])],
    ['a speck', withSpeck(draw([STEM, BAR]))],
    [
      'something in an open box',
      draw([
        [
          [60, 60],
          [60, 240],
          [200, 240],
          [200, 60],
        ],
        dot(145, 140),
      ]),
    ],
    ['something inside', draw([[...BAR, [190, 220], [100, 220], [100, 60]], dot(145, 140)])],
    [
      'a rule',
      draw([
        STEM,
        [
          [20, 240],
          [260, 240],
        ],
      ]),
    ],
    ['many marks', draw(Array.from({ length: 9 }, (_, i) => dot(60 + 25 * (i % 3), 60 + 40 * Math.floor(i / 3))))],
    ['more ink than paper', draw([STEM], 250)],
  ];
  for (const [name, plane] of others) {
    test(`is not what has ${name}`, () => assert.equal(inkOfPicture(plane), null));
  }
});

/** @param {import('../../main/webapp/js/raster.js').Plane} plane */
function withSpeck(plane) {
  plane.pixels[20 * plane.width + 250] = 0;
  return plane;
}

describe('a glyph', () => {
  for (const [name, expected] of Object.entries(glyphs)) {
    test(`of ${name} is that of the training`, () => {
      const ink = inkOfStrokes(planeOf(name));
      const glyph = normalize(ink, descriptor);
      assert.equal(glyph.length, expected.length);
      glyph.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1 / 255, `pixel ${i}`));
    });
  }

  test('fills the box of the original model and is mirrored', () => {
    const glyph = normalize(inkOfStrokes(draw([STEM, BAR])), {
      size: 28,
      box: 20,
      fit: 'stretch',
      orientation: 'mirrored',
    });
    const inked = [...glyph.keys()].filter((i) => glyph[i] > 0.2);
    assert.equal(Math.min(...inked.map((i) => i % 28)), 4);
    assert.equal(Math.max(...inked.map((i) => Math.floor(i / 28))), 23);
    assert.ok(glyph[20 * 28 + 23] > 0.5, 'the stem is on the right');
  });

  test('can be turned back', () => {
    const glyph = Float32Array.from({ length: 9 }, (_, i) => i);
    assert.deepEqual([...turn(glyph, 3, 'mirrored')], [2, 1, 0, 5, 4, 3, 8, 7, 6]);
    assert.deepEqual([...turn(glyph, 3, 'transposed')], [0, 3, 6, 1, 4, 7, 2, 5, 8]);
    for (const orientation of /** @type {const} */ (['upright', 'mirrored', 'transposed'])) {
      assert.deepEqual(turn(turn(glyph, 3, orientation), 3, orientation), glyph);
    }
  });
});

describe('scores', () => {
  test('are logits by temperature plus the logarithm of the prior', () => {
    const scores = scoresOf([2, 4], { ...descriptor, temperature: 2, priors: { predict: [0.5, 0] } });
    assert.deepEqual(scores, [1 + Math.fround(Math.log(0.5)), 2 + Math.fround(Math.log(1e-12))]);
  });

  test('of a network with probabilities are their logarithms', () => {
    const scores = scoresOf([1, 0.5], { ...descriptor, output: 'probabilities', temperature: 1, priors: undefined });
    assert.deepEqual(scores, [0, Math.log(0.5)]);
  });

  test('are ranked within a charset', () => {
    const labels = ['a', 'B', '3'];
    assert.deepEqual(
      rank([1, 2, 3], labels, 2).map(({ label }) => label),
      ['3', 'B'],
    );
    assert.deepEqual(rank([1, 2, 3], labels, 3, 'upper'), [{ label: 'B', confidence: 1 }]);
    const [a, b] = rank([1, 2, 3], labels, 3, 'aB');
    assert.deepEqual([a.label, b.label], ['B', 'a']);
    assert.ok(Math.abs(a.confidence + b.confidence - 1) < 1e-12);
  });

  test('fall with legibility, and still add up to 1', () => {
    const confidences = rank([0, 0, Math.log(2)], ['a', 'B', '3'], 3, undefined, 0.5).map(
      ({ confidence }) => confidence,
    );
    assert.ok(Math.abs(confidences[0] - (0.5 * 0.5 + 0.5 / 3)) < 1e-12);
    assert.ok(Math.abs(confidences.reduce((total, confidence) => total + confidence) - 1) < 1e-12);
  });

  test('of legibility are scaled', () => assert.equal(legibilityOf(1, { scale: 2, offset: -2 }), 0.5));
});

describe('the model in the browser', () => {
  /** @type {import('../../main/webapp/js/device/character-model.js').CharacterModel} */
  let model;
  before(async () => {
    model = await loadModel();
  });

  for (const { drawing, charset, guided, legibility, predictions } of answers) {
    test(`reads ${drawing} ${guided ? `with guides, as one of the ${charset},` : ''} as the server does`, async () => {
      const options = { top: 62, charset, legibility: true, ...(guided && { guides: GUIDES }) };
      const answer = await model.answer(inkOfStrokes(planeOf(drawing)), options);
      assert.ok(Math.abs((answer.legibility ?? NaN) - legibility) < 1e-4);
      assert.equal(answer.predictions.length, Object.keys(predictions).length);
      for (const { label, confidence } of answer.predictions) {
        assert.ok(
          Math.abs(confidence - predictions[label]) < 1e-4,
          `${label}: ${confidence}, not ${predictions[label]}`,
        );
      }
    });
  }

  test('shows the upright glyph', async () => {
    const answer = await model.answer(inkOfStrokes(planeOf('upper-r')), { top: 1, glyph: true });
    assert.match(answer.glyph ?? '', /^data:image\/png;base64,iVBOR/);
  });
});
