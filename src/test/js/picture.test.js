import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOf } from '../../main/webapp/js/crop.js';
import { decodeCost, openFile } from '../../main/webapp/js/picture-file.js';
import { Picture, toBlob } from '../../main/webapp/js/picture.js';

/** @param {number} depth @param {number} interlacing */
const png = (depth, interlacing) => {
  const bytes = new Uint8Array(33).fill(0);
  bytes.set([0x89, 0x50]);
  bytes[24] = depth;
  bytes[28] = interlacing;
  return bytes;
};

/** The start of a JPEG file with an empty segment before the frame. @param {number} frame marker @param {number} components */
const jpeg = (frame, components) =>
  new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, frame, 0, 11, 8, 0, 1, 0, 1, components, 0, 0, 0, 0]);

for (const [kind, bytes, cost] of /** @type {const} */ ([
  ['a plain PNG', png(8, 0), 1],
  ['an interlaced PNG', png(8, 1), 2],
  ['a PNG of 16 bits', png(16, 0), 4],
  ['a baseline JPEG', jpeg(0xc0, 3), 1],
  ['a progressive JPEG', jpeg(0xc2, 3), 4],
  ['a progressive CMYK JPEG', jpeg(0xc2, 4), 16],
  ['a truncated JPEG', jpeg(0xc0, 3).slice(0, 8), 1],
  ['WebP', new TextEncoder().encode('RIFF----WEBP'), 8],
  ['GIF', new TextEncoder().encode('GIF89a'), 1],
])) {
  test(`a pixel of ${kind} counts ${cost} times`, () => assert.equal(decodeCost(bytes), cost));
}

test('a data URL becomes a file of its type', async () => {
  const file = toBlob('data:image/jpeg;base64,SGk=');
  assert.equal(file.type, 'image/jpeg');
  assert.equal(await file.text(), 'Hi');
});

test('what is shown of a picture is kept, without its file', () => {
  const url = 'data:image/png;base64,SGk=';
  const picture = new Picture(url, 30, 40, new Blob(['large'], { type: 'image/jpeg' }));
  assert.equal(JSON.stringify(picture), JSON.stringify({ url, width: 30, height: 40 }));
});

test('files that only the server may know are sent to it, others are refused', async () => {
  const open = async (/** @type {Blob} */ file) => {
    const { picture } = await openFile(file);
    assert.ok(picture);
    return picture;
  };
  const heic = await open(new Blob(['\0\0\0\x18ftypheic'], { type: 'image/heic' }));
  assert.equal(heic.url, '');
  assert.equal(await heic.file.text(), '\0\0\0\x18ftypheic');
  const tiff = await open(new Blob(['II*\0']));
  assert.equal(tiff.file.type, 'image/tiff');
  await assert.rejects(open(new Blob(['text'], { type: 'text/plain' })), { key: 'notAnImage' });
  await assert.rejects(open(new Blob([])), { key: 'notAnImage' });
  await assert.rejects(open(new Blob([new Uint8Array(8_000_001)])), { key: 'tooLarge' });
});

test('a selection is cut to the picture, which the sheet shows in its middle', () => {
  const wide = { width: 200, height: 100 };
  assert.deepEqual(partOf(wide, [0.25, 0.25], [0.5, 0.5]), { x: 0.25, y: 0, width: 0.25, height: 0.5 });
  assert.deepEqual(partOf(wide, [1, 1], [0.5, 0.625]), { x: 0.5, y: 0.75, width: 0.5, height: 0.25 });
  assert.equal(partOf(wide, [0, 0], [1, 0.2]).height, 0, 'above the picture');
  assert.deepEqual(partOf({ width: 1, height: 4 }, [0, 0], [1, 1]), { x: 0, y: 0, width: 1, height: 1 });
});
