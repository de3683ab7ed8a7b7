/**
 * @file Writes zip files. The files in them are not compressed, as PNG files are already.
 */

/** Names are in UTF-8. */
const FLAGS = 0x800;
/** The first day that the format knows, 1 January 1980: every file needs some date. */
const DATE = 0x21;

/** @param {string[]} paths @param {Uint8Array<ArrayBuffer>[]} contents of the files at these paths */
export function zip(paths, contents) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const files = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  for (const [i, path] of paths.entries()) {
    const [name, content] = [new TextEncoder().encode(path), contents[i]];
    const { length } = content;
    const about = [...u16(20, FLAGS, 0, 0, DATE), ...u32(crc32(content), length, length), ...u16(name.length, 0)];
    const entry = [...u32(0x02014b50), ...u16(20), ...about, ...u16(0, 0, 0), ...u32(0, sizeOf(files))];
    directory.push(Uint8Array.from(entry), name);
    files.push(Uint8Array.from([...u32(0x04034b50), ...about]), name, content);
  }
  const count = paths.length;
  const end = [...u32(0x06054b50), ...u16(0, 0, count, count), ...u32(sizeOf(directory), sizeOf(files)), ...u16(0)];
  return new Blob([...files, ...directory, Uint8Array.from(end)], { type: 'application/zip' });
}

/** @param {Uint8Array[]} parts */
const sizeOf = (parts) => parts.reduce((sum, { length }) => sum + length, 0);

/** Numbers of two bytes each, lowest first. @param {number[]} values */
const u16 = (...values) => values.flatMap((value) => [value & 255, value >> 8]);

/** Numbers of four bytes each, lowest first. @param {number[]} values */
const u32 = (...values) => values.flatMap((value) => u16(value & 0xffff, value >>> 16));

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
