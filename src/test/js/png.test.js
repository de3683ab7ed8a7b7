import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { encodePng } from '../../main/webapp/js/png.js';

const { CompressionStream } = globalThis;
afterEach(() => Object.assign(globalThis, { CompressionStream }));

/** Uneven pixels that compress badly. @param {number} width @param {number} height */
const noise = (width, height) => ({
  width,
  height,
  pixels: Uint8ClampedArray.from({ length: width * height }, (_, i) => (i * i * 31 + i * 7) % 256),
});

/** Reads a PNG file of grey pixels and checks all that a strict reader checks. @param {Blob} file */
async function decode(file) {
  const bytes = Buffer.from(await file.arrayBuffer());
  assert.equal(file.type, 'image/png');
  assert.equal(bytes.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n');
  /** @type {[string, Buffer][]} */
  const chunks = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    assert.equal(bytes.readUInt32BE(at + 8 + length), checksum(body));
    chunks.push([body.toString('latin1', 0, 4), body.subarray(4)]);
    at += length + 12;
  }
  assert.deepEqual(
    chunks.map(([type]) => type),
    ['IHDR', 'IDAT', 'IEND'],
  );
  const [[, header], [, data]] = chunks;
  assert.deepEqual([...header.subarray(8)], [8, 0, 0, 0, 0]);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(data);
  assert.equal(rows.length, height * (width + 1));
  const pixels = Uint8ClampedArray.from({ length: width * height }, (_, i) => {
    const start = Math.floor(i / width) * (width + 1);
    assert.equal(rows[start], 0);
    return rows[start + 1 + (i % width)];
  });
  return { width, height, pixels };
}

/** @param {Buffer} bytes */
function checksum(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

for (const [width, height] of [
  [1, 1],
  [28, 28],
  [280, 280],
  [1000, 140],
  [140, 1000],
]) {
  test(`${width} x ${height} pixels are decoded as they were`, async () => {
    const plane = noise(width, height);
    assert.deepEqual(await decode(await encodePng(plane)), plane);
  });

  test(`${width} x ${height} pixels are decoded as they were if the browser cannot compress`, async () => {
    Object.assign(globalThis, { CompressionStream: undefined });
    const plane = noise(width, height);
    assert.deepEqual(await decode(await encodePng(plane)), plane);
  });
}

test('a drawing becomes a small file', async () => {
  const file = await encodePng({ width: 280, height: 280, pixels: new Uint8ClampedArray(280 * 280).fill(255) });
  assert.ok(file.size < 1000, `${file.size} bytes`);
});
