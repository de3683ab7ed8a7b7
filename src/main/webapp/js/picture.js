/**
 * @file A photo or picture of one character made ready for the sheet.
 */

/** @typedef {import('./ink.js').Picture} Picture */

/** Longest side kept, in pixels: more than the model's eye can use, little enough to send at once. */
const LONGEST = 400;
/** A border whose grey spreads wider than this, of 255, is no plain background: shadows or uneven light. */
const UNEVEN = 32;

/**
 * @param {Blob} file
 * @returns {Promise<Picture>}
 * @throws {Error} if the browser can't read it as a picture
 */
export async function readPicture(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  const width = (canvas.width = Math.max(1, Math.round(bitmap.width * scale)));
  const height = (canvas.height = Math.max(1, Math.round(bitmap.height * scale)));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const pixels = pen.getImageData(0, 0, width, height);
  if (spread(border(pixels)) > UNEVEN) {
    flatten(pixels);
    pen.putImageData(pixels, 0, 0);
  }
  return { url: canvas.toDataURL('image/png'), width, height };
}

/** @param {ImageData} pixels @param {number} x @param {number} y */
function grey({ data, width }, x, y) {
  const i = 4 * (y * width + x);
  const luma = 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
  return 255 + ((luma - 255) * data[i + 3]) / 255;
}

/** Greys along the border. @param {ImageData} pixels */
function border(pixels) {
  const { width, height } = pixels;
  const greys = [];
  for (let x = 0; x < width; x++) greys.push(grey(pixels, x, 0), grey(pixels, x, height - 1));
  for (let y = 0; y < height; y++) greys.push(grey(pixels, 0, y), grey(pixels, width - 1, y));
  return greys.sort((a, b) => a - b);
}

/** Width of the middle nine tenths. @param {number[]} sorted */
function spread(sorted) {
  return sorted[Math.floor(sorted.length * 0.95)] - sorted[Math.floor(sorted.length * 0.05)];
}

/**
 * Takes shadows and uneven light off a photo: what is darker (or, on a dark ground, lighter) than its wider
 * neighbourhood is ink. The neighbourhood's mean comes from a summed-area table, as in Bradley and Roth, "Adaptive
 * Thresholding using the Integral Image" (2007); the difference is kept instead of a threshold, so edges stay soft.
 * @param {ImageData} pixels changed in place to dark ink on white
 */
function flatten(pixels) {
  const { width, height, data } = pixels;
  const onLight = border(pixels)[width + height] > 127.5;
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0, row = 0; x < width; x++) {
      row += grey(pixels, x, y);
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  const reach = Math.round(Math.max(width, height) / 6);
  const ink = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
      const at = (/** @type {number} */ cx, /** @type {number} */ cy) => sums[cy * (width + 1) + cx];
      const mean =
        (at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)) / ((right - left) * (bottom - top));
      ink[y * width + x] = Math.max(0, onLight ? mean - grey(pixels, x, y) : grey(pixels, x, y) - mean);
    }
  }
  const full = ink.reduce((most, value) => Math.max(most, value), 1);
  for (let i = 0; i < ink.length; i++) {
    // The weakest third is paper grain and the soft edge of a shadow; the strongest third is ink through and through.
    const level = Math.min(1, Math.max(0, (3 * ink[i]) / full - 1));
    data[4 * i] = data[4 * i + 1] = data[4 * i + 2] = Math.round(255 * (1 - level));
    data[4 * i + 3] = 255;
  }
}
