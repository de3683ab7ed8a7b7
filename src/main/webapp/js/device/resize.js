/**
 * @file Resizes ink with an antialiased triangle filter, first the height, then the width, as `ink.neural.glyph.Resize` does.
 * The filter is that of Pillow's `Image.resize(size, BILINEAR)`, with which the training resizes.
 */

/**
 * How input pixels make up one output pixel: the first in its window, and the weights of those in the window.
 * @typedef {{start: number, weights: Float32Array}} Window
 */

/**
 * Resizes the ink in its bounding box.
 * @param {import('./ink.js').Ink} ink
 * @param {number} width
 * @param {number} height
 * @returns {Float32Array} densities, row by row
 */
export function resize({ plane, densities, box }, width, height) {
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
