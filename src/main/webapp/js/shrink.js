/**
 * @file Small copies of pictures, as a list shows them.
 */

/** Longest side in pixels: that of a thumbnail on a sharp screen. */
const SIDE = 160;

/** @param {import('./strokes.js').Drawing} drawing with a picture @throws {Error} if the browser forbids to read canvases */
export async function shrink({ picture }) {
  const { url, width, height } = /** @type {import('./picture.js').Picture} */ (picture);
  const image = new Image();
  image.src = url;
  await image.decode();
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL();
}
