/**
 * @file Drawings as PNG files.
 */
import { rasterize } from './raster.js';
import { SHEET } from './strokes.js';

/** The checksum of each byte, from which `crc32` is made. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/**
 * Black ink on white, independent of theme, screen and pixel ratio.
 * @param {import('./strokes.js').Drawing} drawing
 * @param {number} [height] of the sheet in pixels
 * @param {number} [width] in pixels; by default the sheet is square
 */
export function toPng({ strokes }, height = SHEET, width = height) {
  return encodePng(rasterize(strokes, height, width));
}

/**
 * @param {import('./raster.js').Plane} plane
 * @returns {Promise<Blob>}
 */
export async function encodePng({ width, height, pixels }) {
  const header = [...bytesOf(width), ...bytesOf(height), 8, 0, 0, 0, 0]; // 8 bits of grey, not interlaced
  const rows = new Uint8Array(height * (width + 1)); // The first byte of each row says that it is not filtered.
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const signature = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), chunk('IDAT', await deflate(rows)), chunk('IEND', [])];
  return new Blob([signature, ...chunks], { type: 'image/png' });
}

/** @param {string} type @param {ArrayLike<number>} data */
function chunk(type, data) {
  const bytes = new Uint8Array(data.length + 12);
  bytes.set(bytesOf(data.length));
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  bytes.set(bytesOf(crc32(bytes.subarray(4, -4))), data.length + 8);
  return bytes;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<Uint8Array>} in the format of zlib */
async function deflate(bytes) {
  if (!globalThis.CompressionStream) return (await import('./zlib-store.js')).store(bytes);
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}

/** The four bytes of a number, highest first. @param {number} value */
export const bytesOf = (value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc;
}
