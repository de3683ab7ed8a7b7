/**
 * @file Reads a photo or picture of one character and prepares it for the sheet.
 */

/** Longest side in pixels after scaling. The model needs less, and the upload stays small. */
const MAX_SIDE = 400;
/** If the grey values of the border differ by more than this, of 255, the light is uneven. */
const MAX_PLAIN_SPREAD = 32;

/**
 * @param {Blob} file
 * @returns {Promise<import('./ink.js').Picture>}
 * @throws {Error} if the browser cannot read it as a picture
 */
export async function readPicture(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  const width = (canvas.width = Math.max(1, Math.round(bitmap.width * scale)));
  const height = (canvas.height = Math.max(1, Math.round(bitmap.height * scale)));
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const pixels = ctx.getImageData(0, 0, width, height);
  if (spread(border(pixels)) > MAX_PLAIN_SPREAD) {
    removeShadows(pixels);
    ctx.putImageData(pixels, 0, 0);
  }
  return { url: canvas.toDataURL('image/png'), width, height };
}

/** @param {ImageData} pixels @param {number} x @param {number} y */
function grey({ data, width }, x, y) {
  const i = 4 * (y * width + x);
  const luma = 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
  return 255 + ((luma - 255) * data[i + 3]) / 255;
}

/** The grey values of the border, sorted. @param {ImageData} pixels */
function border(pixels) {
  const { width, height } = pixels;
  const greys = [];
  for (let x = 0; x < width; x++) greys.push(grey(pixels, x, 0), grey(pixels, x, height - 1));
  for (let y = 0; y < height; y++) greys.push(grey(pixels, 0, y), grey(pixels, width - 1, y));
  return greys.sort((a, b) => a - b);
}

/** Width of the middle 90 %. @param {number[]} sorted */
function spread(sorted) {
  return sorted[Math.floor(sorted.length * 0.95)] - sorted[Math.floor(sorted.length * 0.05)];
}

/**
 * Removes shadows and uneven light from a photo. Ink is what is darker than the mean of its neighbourhood, or lighter on
 * a dark background. The mean comes from a summed-area table, as in Bradley and Roth, "Adaptive Thresholding using the
 * Integral Image" (2007). The result keeps the difference instead of applying a threshold, so edges stay soft.
 * @param {ImageData} pixels changed in place to dark ink on white
 */
function removeShadows(pixels) {
  const { width, height, data } = pixels;
  const isLight = border(pixels)[width + height] > 127.5;
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0, row = 0; x < width; x++) {
      row += grey(pixels, x, y);
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  const radius = Math.round(Math.max(width, height) / 6);
  const ink = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
      const at = (/** @type {number} */ cx, /** @type {number} */ cy) => sums[cy * (width + 1) + cx];
      const mean =
        (at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)) / ((right - left) * (bottom - top));
      ink[y * width + x] = Math.max(0, isLight ? mean - grey(pixels, x, y) : grey(pixels, x, y) - mean);
    }
  }
  const maximum = ink.reduce((a, b) => Math.max(a, b), 1);
  for (let i = 0; i < ink.length; i++) {
    // The lowest third is paper grain and soft shadow edges. The highest third is solid ink.
    const level = Math.min(1, Math.max(0, (3 * ink[i]) / maximum - 1));
    data[4 * i] = data[4 * i + 1] = data[4 * i + 2] = Math.round(255 * (1 - level));
    data[4 * i + 3] = 255;
  }
}
