/**
 * @file The format of zlib without compression, for browsers that cannot compress.
 */
import { bytesOf } from './png.js';

/** The most bytes that a stored block of deflate holds. */
const STORED_BLOCK = 65_535;

/** @param {Uint8Array} bytes @returns {Uint8Array<ArrayBuffer>} */
export function store(bytes) {
  const blocks = [0x78, 0x01];
  for (let start = 0; start < bytes.length; start += STORED_BLOCK) {
    const block = bytes.subarray(start, start + STORED_BLOCK);
    const [high, low] = bytesOf(block.length).slice(2);
    const isLast = start + STORED_BLOCK >= bytes.length;
    blocks.push(Number(isLast), low, high, ~low & 255, ~high & 255);
    for (const byte of block) blocks.push(byte);
  }
  return new Uint8Array([...blocks, ...bytesOf(adler32(bytes))]);
}

/** @param {Uint8Array} bytes */
function adler32(bytes) {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}
