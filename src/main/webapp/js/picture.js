/**
 * @file Pictures of one character, and what is sent of them. The server finds the ink.
 */

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

/** @typedef {{x: number, y: number, width: number, height: number}} Area */

/** @type {Area} */
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** A picture, or the part of one that a person selected. */
export class Picture {
  #source;
  #area;

  /**
   * @param {string} url what is shown, as a data URL, or nothing if the browser cannot decode the picture
   * @param {number} width in pixels, upright
   * @param {number} height in pixels, upright
   * @param {Blob} [file] what is sent
   * @param {Blob} [source] the file that was opened
   * @param {Area} [area] the part of it that is shown, in fractions of its size
   */
  constructor(url, width, height, file = toBlob(url), source = file, area = WHOLE) {
    this.url = url;
    this.width = width;
    this.height = height;
    this.file = file;
    this.#source = source;
    this.#area = area;
  }

  /**
   * @param {Blob} file
   * @throws {RangeError} if it is too large
   * @throws {Error} if it is no picture
   */
  static async open(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const type = TYPES[bytes[0]];
    const bitmap = await decode(file).catch(() => null);
    if (bitmap) {
      const { width, height } = bitmap;
      const isAccepted =
        type &&
        bytes.length <= MAX_BYTES &&
        Math.max(width, height) <= MAX_SIDE &&
        width * height * decodeCost(bytes) <= MAX_PIXELS;
      return Picture.#render(bitmap, WHOLE, file, isAccepted ? file.slice(0, file.size, type) : null);
    }
    if (!type && file.type && !file.type.startsWith('image/')) throw new Error('no picture');
    if (bytes.length > MAX_BYTES) throw new RangeError('too large');
    // The server may know the format. If not, it says which ones it knows.
    return new Picture('', 1, 1, file.slice(0, file.size, type ?? 'image/png'));
  }

  /**
   * A part of this picture, as sharp as in the file that was opened.
   * @param {Area} part in fractions of this picture's size
   */
  async crop(part) {
    const { x, y, width, height } = this.#area;
    const area = {
      x: x + part.x * width,
      y: y + part.y * height,
      width: part.width * width,
      height: part.height * height,
    };
    return Picture.#render(await decode(this.#source), area, this.#source, null);
  }

  /**
   * @param {ImageBitmap} bitmap is closed
   * @param {Area} area of it, in fractions of its size
   * @param {Blob} source the file that it is from
   * @param {Blob | null} file what to send; if null, the area in as many pixels as the server accepts
   */
  static async #render(bitmap, area, source, file) {
    const [left, right] = [area.x, area.x + area.width].map((x) => Math.round(x * bitmap.width));
    const [top, bottom] = [area.y, area.y + area.height].map((y) => Math.round(y * bitmap.height));
    const part = { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
    const { width, height } = part;
    const longest = Math.max(width, height);
    const shown = draw(bitmap, part, Math.min(1, SHOWN_SIDE / longest));
    const isOpaque = !hasTransparency(shown);
    let scale = Math.min(1, MAX_SIDE / longest, Math.sqrt(MAX_PIXELS / (width * height)));
    for (; !file || file.size > MAX_BYTES; scale *= 0.7) file = await encode(draw(bitmap, part, scale), isOpaque);
    bitmap.close();
    return new Picture(shown.toDataURL(format(shown, isOpaque), QUALITY), width, height, file, source, area);
  }

  /** What is kept on this device. After a reload of the page it is also what is sent. */
  toJSON() {
    const { url, width, height } = this;
    return { url, width, height };
  }
}

/** @param {Blob} file @returns {Promise<ImageBitmap>} upright */
async function decode(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    // Vector graphics become bitmaps only by way of an image.
    const image = new Image();
    image.src = URL.createObjectURL(file);
    await image.decode().finally(() => URL.revokeObjectURL(image.src));
    const scale = VECTOR_SIDE / Math.max(image.width, image.height, 1);
    return createImageBitmap(image, {
      resizeWidth: Math.ceil((image.width || 1) * scale),
      resizeHeight: Math.ceil((image.height || 1) * scale),
    });
  }
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

/** @param {ImageBitmap} bitmap @param {Area} part of it, in pixels @param {number} scale */
function draw(bitmap, { x, y, width, height }, scale) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(width * scale));
  canvas.height = Math.max(1, Math.floor(height * scale));
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(bitmap, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
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

/** @type {(canvas: HTMLCanvasElement, isOpaque: boolean) => Promise<Blob | null>} null if it is too large to encode */
function encode(canvas, isOpaque) {
  return new Promise((resolve) => canvas.toBlob(resolve, format(canvas, isOpaque), QUALITY));
}

/** @param {string} dataUrl a base64 data URL */
export function toBlob(dataUrl) {
  const [head, body] = dataUrl.split(',');
  const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
  return new Blob([bytes], { type: head.slice(5).split(';')[0] });
}
