import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rasterize } from '../../main/webapp/js/raster.js';

/** @typedef {import('../../main/webapp/js/strokes.js').Point} Point */

/** @param {Point[]} points @param {number} [width] */
const stroke = (points, width = 20) => ({ width, points });

/** How much black ink there is, in sheet units. @param {import('../../main/webapp/js/raster.js').Plane} plane */
const inkOf = ({ height, pixels }) => pixels.reduce((sum, grey) => sum + (255 - grey) / 255, 0) * (280 / height) ** 2;

test('without strokes the picture is white', () => {
  const { pixels } = rasterize([], 280);
  assert.equal(pixels.length, 280 * 280);
  assert.ok(pixels.every((grey) => grey === 255));
});

for (const [name, points, area] of /** @type {[string, Point[], number][]} */ ([
  ['a dot', [[140, 140]], 100 * Math.PI],
  [
    'a level line',
    [
      [60, 100],
      [220, 100],
    ],
    160 * 20 + 100 * Math.PI,
  ],
  [
    'an upright line',
    [
      [100, 60],
      [100, 220],
    ],
    160 * 20 + 100 * Math.PI,
  ],
  [
    'a slanted line',
    [
      [60.3, 60.7],
      [180.3, 220.7],
    ],
    200 * 20 + 100 * Math.PI,
  ],
])) {
  for (const size of [140, 280, 1000]) {
    test(`${name} has round ends and its exact area in ${size} pixels`, () => {
      const ink = inkOf(rasterize([stroke(points)], size));
      assert.ok(Math.abs(ink / area - 1) < 0.005, `${ink}, not ${area}`);
    });
  }
}

test('edges are grey in proportion to what the ink covers', () => {
  const { pixels } = rasterize(
    [
      stroke([
        [40, 100.25],
        [240, 100.25],
      ]),
    ],
    280,
  );
  const column = [89, 90, 91, 109, 110, 111].map((row) => pixels[row * 280 + 140]);
  assert.deepEqual(column, [255, 64, 0, 0, 191, 255]);
});

test('a curve is smooth: it follows its control points without reaching them', () => {
  const { pixels } = rasterize(
    [
      stroke(
        [
          [40, 240],
          [40, 40],
          [240, 40],
        ],
        6,
      ),
    ],
    280,
  );
  const at = (/** @type {number} */ x, /** @type {number} */ y) => pixels[y * 280 + x];
  assert.equal(at(65, 90), 0); // the middle of the curve from (40,240) to (140,40) with the control point (40,40)
  assert.equal(at(40, 40), 255);
});

test('strokes that leave the sheet are cut at its edge', () => {
  const plane = rasterize(
    [
      stroke([
        [-50, 140],
        [330, 140],
      ]),
    ],
    280,
  );
  assert.equal(inkOf(plane), 280 * 20);
});

test('a wide sheet has the ink of a square one where both are', () => {
  const line = stroke([
    [60, 140],
    [500, 100],
  ]);
  const wide = rasterize([line], 140, 400);
  const square = rasterize([line], 140);
  assert.deepEqual([wide.width, wide.height, wide.pixels.length], [400, 140, 400 * 140]);
  for (let row = 0; row < 140; row++) {
    const [start, end] = [row * 400, row * 400 + 140];
    assert.deepEqual(wide.pixels.slice(start, end), square.pixels.slice(row * 140, row * 140 + 140));
  }
  assert.ok(inkOf(wide) > 1.9 * inkOf(square));
});

test('ink over ink stays black', () => {
  const line = stroke([
    [60, 140],
    [220, 140],
  ]);
  assert.deepEqual(rasterize([line, line], 280), rasterize([line], 280));
});

test('a drawing of 300 points takes milliseconds', () => {
  const points = Array.from(
    { length: 300 },
    (_, i) => /** @type {Point} */ ([140 + 120 * Math.sin(i), 140 + 120 * Math.cos(i / 7)]),
  );
  const fastest = Math.min(
    ...Array.from({ length: 5 }, () => {
      const start = performance.now();
      rasterize([stroke(points, 32)], 280);
      return performance.now() - start;
    }),
  );
  assert.ok(fastest < 200, `${fastest} ms`);
});
