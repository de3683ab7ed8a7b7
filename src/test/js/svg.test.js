import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSvg, toSvg } from '../../main/webapp/js/svg.js';
import { openFile } from '../../main/webapp/js/picture-file.js';

/** @typedef {import('../../main/webapp/js/strokes.js').Stroke} Stroke */
/** @typedef {{name: string, brush: number, strokes: Stroke['points'][]}} Golden */

/** @param {Stroke[]} strokes */
const save = (strokes) => toSvg({ strokes, picture: null });

/** @type {Golden[]} */
const drawings = JSON.parse(readFileSync(new URL('../resources/golden/drawings.json', import.meta.url), 'utf8'));

test('the strokes of every golden drawing survive being saved as SVG and opened', async () => {
  assert.ok(drawings.length > 60);
  for (const { name, brush, strokes } of drawings) {
    const drawing = strokes.map((points) => ({ width: brush, points }));
    assert.deepEqual(readSvg(save(drawing)), drawing, name);
    const file = new Blob([save(drawing)], { type: 'image/svg+xml' });
    assert.deepEqual(await openFile(file), { strokes: drawing, picture: null }, name);
  }
});

for (const [name, points] of /** @type {[string, Stroke['points']][]} */ ([
  ['a dot', [[140.1, 99.9]]],
  [
    'a short line',
    [
      [140, 100],
      [140.4, 100],
    ],
  ],
  [
    'a line beyond the sheet',
    [
      [-3.5, 100],
      [300, 100],
      [20, 20],
    ],
  ],
])) {
  test(`${name} survives being saved as SVG`, () => {
    assert.deepEqual(readSvg(save([{ width: 16, points }])), [{ width: 16, points }]);
  });
}

for (const [name, svg] of [
  ['another graphic', '<svg xmlns="http://www.w3.org/2000/svg"><path stroke-width="3" d="M1 2L3 4"/></svg>'],
  ['a drawing that was edited', save([{ width: 16, points: [[1, 2]] }]).replace('#fff', '#ff0')],
  ['a drawing without strokes', save([])],
  ['text', 'M1 2L3 4'],
]) {
  test(`${name} is no saved drawing`, () => assert.equal(readSvg(svg), null));
}
