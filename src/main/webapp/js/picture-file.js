/**
 * @file Files that become pictures, and what is sent of them. It is loaded with the first picture.
 */
import { Picture } from './picture.js';
import { readSvg } from './svg.js';

export { CropTool } from './crop.js';

/** The most megapixels that browsers decode well. */
const MAX_MEGAPIXELS = 120;
/** Longest side in pixels of what is shown. It is also kept on this device, which has room for a few megabytes. */
const SHOWN_SIDE = 800;

// What the server accepts by default.
const MAX_BYTES = 8_000_000;
const MAX_SIDE = 16_384;
const MAX_PIXELS = 16_777_216;

/** Pictures of up to so many pixels are encoded without loss. */
const LOSSLESS_PIXELS = 250_000;
/** Of a JPEG. */
const QUALITY = 0.92;
/** Longest side in pixels of a vector graphic. */
const VECTOR_SIDE = 1000;

/** How much a pixel may differ from what was drawn, of 255. */
const NOISE = 16;

/** The media types that the server reads, by the first byte of a file. @type {Record<number, string>} */
const TYPES = {
  0x42: 'image/bmp',
  0x47: 'image/gif',
  0x49: 'image/tiff',
  0x4d: 'image/tiff',
  0x52: 'image/webp',
  0x89: 'image/png',
  0xff: 'image/jpeg',
};

/** @typedef {{x: number, y: number, width: number, height: number}} Area in fractions of a picture's size */
/** @typedef {{width: number, height: number}} Size in pixels, upright */

/** @type {Area} */
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** Why a picture cannot be opened or changed. */
export class Refusal extends Error {
  /**
   * @param {'notAnImage' | 'tooLarge' | 'tooManyPixels' | 'canvasBlocked'} key of the text for a person
   * @param {Record<string, number>} [values] for its placeholders
   */
  constructor(key, values) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/**
 * Opens a picture, or a drawing that this page has saved as SVG.
 * @param {Blob} source
 * @returns {Promise<import('./strokes.js').Drawing>}
 */
export async function openFile(source) {
  const strokes = source.type === 'image/svg+xml' && readSvg(await source.slice(0, MAX_BYTES).text());
  return strokes ? { strokes, picture: null } : { strokes: [], picture: await openPicture(source) };
}

/** @param {Blob} source */
async function openPicture(source) {
  const start = source.slice(0, MAX_BYTES);
  const bytes = new Uint8Array(await start.arrayBuffer());
  const type = TYPES[bytes[0]];
  const file = start.slice(0, MAX_BYTES, type ?? 'image/png');
  const isSmall = file.size === source.size;
  const size = await sizeOf(source).catch(() => null);
  const megapixels = size && source.type !== 'image/svg+xml' ? Math.ceil((size.width * size.height) / 1e6) : 0;
  if (megapixels > MAX_MEGAPIXELS) throw new Refusal('tooManyPixels', { megapixels, limit: MAX_MEGAPIXELS });
  const hasCanvas = await canReadCanvas();
  const bitmap = size && hasCanvas && (await decode(source, size).catch(() => null));
  if (bitmap) {
    const isAccepted = type && isSmall && reduction(size.width, size.height, decodeCost(bytes)) === 1;
    return render(bitmap, WHOLE, 0, isAccepted ? file : null, source);
  }
  const isOther = !size && !type && source.type && !source.type.startsWith('image/');
  if (isOther || bytes.length === 0) throw new Refusal('notAnImage');
  if (!isSmall) throw new Refusal('tooLarge');
  if (size && !hasCanvas) {
    if (!type) throw new Refusal('canvasBlocked');
    return new Picture(await toDataUrl(file), size.width, size.height, file);
  }
  // The server may know the format. If not, it says which ones it knows.
  return new Picture('', 1, 1, file);
}

/** A part of a picture, as sharp as in the file that was opened. @param {Picture} picture @param {Area} part */
export async function crop({ source, turns }, part) {
  return render(await decode(source), part, turns);
}

/** A picture turned by 90 degrees, clockwise. @param {Picture} picture */
export async function rotate({ source, turns }) {
  return render(await decode(source, await sizeOf(source)), WHOLE, (turns + 1) % 4, null, source);
}

/** @type {Promise<boolean> | undefined} */
let isReadable;

/** Whether the browser hands out what was drawn on a canvas. Some forbid it, or change it to prevent tracking. */
function canReadCanvas() {
  isReadable ??= readsWhatItDrew().catch(() => false);
  return isReadable;
}

/** @throws {Refusal} if pictures cannot be changed */
export async function requireCanvas() {
  if (!(await canReadCanvas())) throw new Refusal('canvasBlocked');
}

/** Draws black on white, and encodes, decodes and reads it. */
async function readsWhatItDrew() {
  const [canvas, ctx] = createCanvas(16, 16);
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, 16, 16);
  ctx.fillStyle = '#000';
  ctx.fillRect(0, 0, 8, 16);
  const bitmap = await createImageBitmap(await encode(canvas, true));
  ctx.clearRect(0, 0, 16, 16);
  ctx.drawImage(bitmap, 0, 0);
  const { data } = ctx.getImageData(0, 0, 16, 16);
  return data.every((value, i) => Math.abs(value - (i % 4 < 3 && (i >> 2) % 16 < 8 ? 0 : 255)) < NOISE);
}

/**
 * How far a picture must be reduced.
 * @param {number} width
 * @param {number} height
 * @param {number} [cost] of decoding a pixel
 * @returns {number} the scale, at most 1
 */
function reduction(width, height, cost = 1) {
  return Math.min(1, MAX_SIDE / width, MAX_SIDE / height, Math.sqrt(MAX_PIXELS / (width * height * cost)));
}

/**
 * @param {ImageBitmap} bitmap is closed
 * @param {Area} area of it, turned
 * @param {number} turns quarter turns, clockwise
 * @param {Blob | null} [file] what is sent; by default the area, reduced as far as necessary
 * @param {Blob} [source] by default what is sent
 */
async function render(bitmap, area, turns, file, source) {
  const isUpright = turns % 2 === 0;
  const [wholeWidth, wholeHeight] = isUpright ? [bitmap.width, bitmap.height] : [bitmap.height, bitmap.width];
  const [left, right] = [area.x, area.x + area.width].map((x) => Math.round(x * wholeWidth));
  const [top, bottom] = [area.y, area.y + area.height].map((y) => Math.round(y * wholeHeight));
  const width = Math.max(1, right - left);
  const height = Math.max(1, bottom - top);
  /** @param {number} scale */
  const draw = (scale) => {
    const [canvas, ctx] = createCanvas(width * scale, height * scale);
    ctx.imageSmoothingQuality = 'high';
    ctx.scale(canvas.width / width, canvas.height / height);
    ctx.translate(wholeWidth / 2 - left, wholeHeight / 2 - top);
    const [cos, sin] = [[1, 0, -1, 0][turns], [0, 1, 0, -1][turns]];
    ctx.transform(cos, sin, -sin, cos, 0, 0);
    ctx.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
    return canvas;
  };
  const shown = draw(Math.min(1, SHOWN_SIDE / Math.max(width, height)));
  const isOpaque = !hasTransparency(shown);
  let sentWidth = width;
  for (let scale = reduction(width, height); !file || file.size > MAX_BYTES; scale *= 0.7) {
    const canvas = draw(scale);
    sentWidth = canvas.width;
    file = await encode(canvas, isOpaque);
  }
  bitmap.close();
  const url = await toDataUrl(await encode(shown, isOpaque));
  return new Picture(url, shown.width, shown.height, file, source, source && turns, sentWidth / shown.width);
}

/** @param {number} width @param {number} height @returns {[HTMLCanvasElement, CanvasRenderingContext2D]} */
function createCanvas(width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(width));
  canvas.height = Math.max(1, Math.floor(height));
  return [canvas, /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }))];
}

/** Loads a picture without decoding it. @param {Blob} file */
async function load(file) {
  const image = new Image();
  const loaded = new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = reject;
  });
  image.src = URL.createObjectURL(file);
  await loaded.finally(() => URL.revokeObjectURL(image.src));
  return image;
}

/** @param {Blob} file @returns {Promise<Size>} */
async function sizeOf(file) {
  const { naturalWidth, naturalHeight } = await load(file);
  return { width: naturalWidth, height: naturalHeight };
}

/**
 * @param {Blob} file
 * @param {Size} [size] if no more is needed than the server accepts. Reducing a decoded picture would block the page.
 * @returns {Promise<ImageBitmap>} upright
 */
async function decode(file, size) {
  const scale = size ? reduction(size.width, size.height) : 1;
  try {
    return await (size && scale < 1 ? createImageBitmap(file, scaled(size, scale)) : createImageBitmap(file));
  } catch {
    // Vector graphics become bitmaps only by way of an image.
    return rasterize(await load(file));
  }
}

/** A canvas also draws those that have no size of their own, or a huge one. @param {HTMLImageElement} image */
function rasterize(image) {
  const { width, height } = image.width && image.height ? image : { width: 1, height: 1 };
  const scale = VECTOR_SIDE / Math.max(width, height);
  const [canvas, ctx] = createCanvas(Math.round(width * scale), Math.round(height * scale));
  ctx.drawImage(image, 0, 0, canvas.width, canvas.height);
  return createImageBitmap(canvas);
}

/** @param {Size} size @param {number} scale @returns {ImageBitmapOptions} */
function scaled({ width, height }, scale) {
  const side = (/** @type {number} */ length) => Math.max(1, Math.floor(length * scale));
  return { resizeWidth: side(width), resizeHeight: side(height), resizeQuality: 'high' };
}

/**
 * How much longer a pixel takes the server to decode than one of a plain picture. It counts so many times.
 * @param {Uint8Array} bytes of a file
 */
export function decodeCost(bytes) {
  switch (TYPES[bytes[0]]) {
    case 'image/webp':
      return 8;
    case 'image/png':
      return bytes[24] === 16 ? 4 : bytes[28] + 1;
    case 'image/jpeg':
      return costOfJpeg(bytes);
    default:
      return 1;
  }
}

/** @param {Uint8Array} bytes */
function costOfJpeg(bytes) {
  for (let i = 2; i + 9 < bytes.length; i += 2 + 256 * bytes[i + 2] + bytes[i + 3]) {
    const isProgressive = bytes[i + 1] === 0xc2;
    const isFrame = isProgressive || bytes[i + 1] === 0xc0 || bytes[i + 1] === 0xc1;
    const isCmyk = bytes[i + 9] === 4;
    if (isFrame) return (isProgressive ? 4 : 1) * (isCmyk ? 4 : 1);
  }
  return 1;
}

/** @param {HTMLCanvasElement} canvas */
function hasTransparency(canvas) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 3; i < data.length; i += 4) if (data[i] < 255) return true;
  return false;
}

/** @param {HTMLCanvasElement} canvas @param {boolean} isOpaque */
function format({ width, height }, isOpaque) {
  return isOpaque && width * height > LOSSLESS_PIXELS ? 'image/jpeg' : 'image/png';
}

/** @type {(canvas: HTMLCanvasElement, isOpaque: boolean) => Promise<Blob>} */
function encode(canvas, isOpaque) {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (file) => (file ? resolve(file) : reject(new Refusal('tooLarge'))),
      format(canvas, isOpaque),
      QUALITY,
    );
  });
}

/** @param {Blob} file @returns {Promise<string>} */
function toDataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = reject;
    reader.readAsDataURL(file);
  });
}
