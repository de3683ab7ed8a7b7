/**
 * @file From ink to the glyph that the network was trained on: cropped, resized, centred, scaled to a maximum of 1 and
 * turned, as `ink.neural.glyph` does.
 */

/**
 * @typedef {object} GlyphSpec
 * @property {number} size side of the square glyph in pixels
 * @property {number} box side of the centred square that the ink fills
 * @property {'aspect' | 'stretch'} fit
 * @property {'upright' | 'mirrored' | 'transposed'} orientation
 */

/**
 * How input pixels make up one output pixel: the first in its window, and the weights of those in the window.
 * @typedef {{start: number, weights: Float32Array}} Window
 */

/**
 * @param {import('./clean-canvas.js').Ink} ink
 * @param {GlyphSpec} spec
 * @returns {Float32Array} `size * size` values from 0 to 1, row by row
 */
export function normalize(ink, { size, box, fit, orientation }) {
  const [inkWidth, inkHeight] = [ink.box.right - ink.box.left, ink.box.bottom - ink.box.top];
  const scale = box / Math.max(inkWidth, inkHeight);
  const scaled = (/** @type {number} */ side) =>
    fit === 'stretch' ? box : Math.max(1, Math.floor(side * scale + 0.5));
  const [width, height] = [scaled(inkWidth), scaled(inkHeight)];
  const resized = resize(ink, width, height);
  const peak = resized.reduce((a, b) => Math.max(a, b), 0);
  const glyph = new Float32Array(size * size);
  const [left, top] = [Math.floor((size - width) / 2), Math.floor((size - height) / 2)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) glyph[(top + y) * size + left + x] = resized[y * width + x] / peak;
  }
  return turn(glyph, size, orientation);
}

/**
 * Turns an upright glyph into an orientation, or back: each orientation is its own inverse.
 * @param {Float32Array} glyph
 * @param {number} size
 * @param {GlyphSpec['orientation']} orientation
 */
export function turn(glyph, size, orientation) {
  return glyph.map((value, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    if (orientation === 'mirrored') return glyph[y * size + size - 1 - x];
    return orientation === 'transposed' ? glyph[x * size + y] : value;
  });
}

/**
 * Resizes the ink in its bounding box with an antialiased triangle filter, first the height, then the width. The filter is
 * that of Pillow's `Image.resize(size, BILINEAR)`, with which the training resizes.
 * @param {import('./clean-canvas.js').Ink} ink
 * @param {number} width
 * @param {number} height
 */
function resize({ plane, densities, box }, width, height) {
  const columns = box.right - box.left;
  const low = new Float32Array(columns * height);
  windows(box.bottom - box.top, height).forEach(({ start, weights }, y) => {
    weights.forEach((weight, i) => {
      const from = (box.top + start + i) * plane.width + box.left;
      for (let x = 0; x < columns; x++) low[y * columns + x] += weight * densities[plane.pixels[from + x]];
    });
  });
  const small = new Float32Array(width * height);
  windows(columns, width).forEach(({ start, weights }, x) => {
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * low[y * columns + start + i];
      small[y * width + x] = sum;
    }
  });
  return small;
}

/** The window of each output pixel. The weights of a window add up to 1. @param {number} inputs @param {number} outputs @returns {Window[]} */
function windows(inputs, outputs) {
  const scale = inputs / outputs;
  const radius = Math.max(1, scale); // Where the image shrinks, the filter widens, so that every pixel counts.
  return Array.from({ length: outputs }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - radius + 0.5));
    const end = Math.min(inputs, Math.floor(centre + radius + 0.5));
    const weights = Float32Array.from({ length: end - start }, (_, j) =>
      Math.max(0, 1 - Math.abs(start + j + 0.5 - centre) / radius),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return { start, weights: weights.map((weight) => weight / sum) };
  });
}
