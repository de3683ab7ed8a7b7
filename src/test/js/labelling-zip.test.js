import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { zipOf } from '../../main/webapp/js/labelling-zip.js';
import { Picture } from '../../main/webapp/js/picture.js';

/** What the training reads; its tests use the same file. */
const expected = JSON.parse(readFileSync(new URL('../resources/examples.json', import.meta.url), 'utf8'));
const model = { name: 'emnist-byclass', version: '1.8.0' };
const ink = `data:image/png;base64,${btoa('the ink')}`;

/** @type {import('../../main/webapp/js/labelling.js').LabelledDrawing[]} */
const examples = [
  {
    id: Date.parse('2026-01-02T03:04:05.006Z') + 0.25,
    label: 'L',
    drawing: {
      // prettier-ignore
      strokes: [{ width: 16, points: [[60, 40], [60, 240]] }, { width: 12.5, points: [[60, 240], [200.5, 240]] }],
      picture: null,
    },
    answer: {
      // prettier-ignore
      predictions: [{ label: 'L', confidence: 0.9 }, { label: 'l', confidence: 0.05 }],
      legibility: 0.98,
    },
    model,
  },
  {
    id: Date.parse('2026-01-02T03:04:05Z'),
    label: 'l',
    drawing: { strokes: [], picture: new Picture(`data:image/png;base64,${btoa('all of it')}`, 10, 10) },
    answer: { predictions: [{ label: '1', confidence: 0.75 }], ink },
    model,
  },
];

/** The files by name, read by way of the directory at the end. @param {Buffer} zip */
function unzip(zip) {
  const end = zip.length - 22;
  /** @type {Record<string, Buffer>} */
  const files = {};
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const start = zip.readUInt32LE(at + 42) + 30 + nameLength;
    files[zip.toString('utf8', at + 46, at + 46 + nameLength)] = zip.subarray(start, start + zip.readUInt32LE(at + 24));
    at += 46 + nameLength;
  }
  assert.equal(at, end);
  return files;
}

test('examples are exported as the training reads them', async () => {
  const files = unzip(Buffer.from(await (await zipOf(examples)).arrayBuffer()));
  assert.deepEqual(JSON.parse(files['examples.json'].toString()), expected);
  assert.deepEqual(Object.keys(files), ['examples.json', '0001.png', '0002.png']);
  assert.equal(files['0001.png'].toString('latin1', 1, 4), 'PNG', 'a drawing is rendered');
  assert.equal(files['0002.png'].toString(), 'the ink', 'of a picture, the ink that was found');
});

test('no examples make an empty list', async () => {
  const files = unzip(Buffer.from(await (await zipOf([])).arrayBuffer()));
  assert.deepEqual(JSON.parse(files['examples.json'].toString()).examples, []);
});
