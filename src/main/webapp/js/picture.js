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

/** @typedef {{x: number, y: number, width: number, height: number}} Area in fractions of a picture's size */

export class Picture {
  #source;

  /**
   * @param {string} url data URL of what is shown, or nothing if the browser cannot decode the picture
   * @param {number} width in pixels, upright
   * @param {number} height in pixels, upright
   * @param {Blob} [file] what is sent
   * @param {Blob} [source] where parts of the picture are taken from
   */
  constructor(url, width, height, file = toBlob(url), source = file) {
    this.url = url;
    this.width = width;
    this.height = height;
    this.file = file;
    this.#source = source;
  }

  /**
   * @param {Blob} source
   * @throws {RangeError} if it is too large
   * @throws {Error} if it is no picture
   */
  static async open(source) {
    const start = source.slice(0, MAX_BYTES);
    const bytes = new Uint8Array(await start.arrayBuffer());
    const type = TYPES[bytes[0]];
    const file = start.slice(0, MAX_BYTES, type ?? 'image/png');
    const isSmall = file.size === source.size;
    const bitmap = await decode(source).catch(() => null);
    if (bitmap) {
      const { width, height } = bitmap;
      const isAccepted = type && isSmall && reduction(width, height, decodeCost(bytes)) === 1;
      return render(bitmap, { x: 0, y: 0, width: 1, height: 1 }, isAccepted ? file : null, source);
    }
    if (!type && source.type && !source.type.startsWith('image/')) throw new Error('no picture');
    if (!isSmall) throw new RangeError('too large');
    // The server may know the format. If not, it says which ones it knows.
    return new Picture('', 1, 1, file);
  }

  /** A part of this picture, as sharp as in the file that was opened. @param {Area} part */
  async crop(part) {
    return render(await decode(this.#source), part);
  }

  /** What is kept on this device. After a reload of the page it is also what is sent. */
  toJSON() {
    const { url, width, height } = this;
    return { url, width, height };
  }
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
 * @param {Area} area of it
 * @param {Blob | null} [file] what is sent; by default the area, reduced as far as necessary
 * @param {Blob} [source]
 */
async function render(bitmap, area, file, source) {
  const [left, right] = [area.x, area.x + area.width].map((x) => Math.round(x * bitmap.width));
  const [top, bottom] = [area.y, area.y + area.height].map((y) => Math.round(y * bitmap.height));
  const width = Math.max(1, right - left);
  const height = Math.max(1, bottom - top);
  /** @param {number} scale */
  const draw = (scale) => {
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(width * scale));
    canvas.height = Math.max(1, Math.floor(height * scale));
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    ctx.imageSmoothingQuality = 'high';
    ctx.drawImage(bitmap, left, top, width, height, 0, 0, canvas.width, canvas.height);
    return canvas;
  };
  const shown = draw(Math.min(1, SHOWN_SIDE / Math.max(width, height)));
  const isOpaque = !hasTransparency(shown);
  let scale = reduction(width, height);
  for (; !file || file.size > MAX_BYTES; scale *= 0.7) file = await encode(draw(scale), isOpaque);
  bitmap.close();
  return new Picture(shown.toDataURL(format(shown, isOpaque), QUALITY), width, height, file, source);
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
