/**
 * @file The pixels of a picture file. Some browsers forbid reading them, or change what is read. Then no picture is clean.
 */

/** Larger pictures are photos, which have to be cleaned. In pixels. */
const MAX_PIXELS = 1_000_000;

/**
 * @param {Blob} file
 * @returns {Promise<import('../raster.js').Plane | null>} null if the picture cannot be read here
 */
export async function greysOf(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture || !globalThis.OffscreenCanvas || picture.width * picture.height > MAX_PIXELS) return null;
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) return null;
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const pixels = Uint8ClampedArray.from({ length: width * height }, (_, i) =>
    greyOf(data[4 * i], data[4 * i + 1], data[4 * i + 2], data[4 * i + 3]),
  );
  return { width, height, pixels };
}

/** The luma of ITU-R BT.601 on white paper. @param {number} red @param {number} green @param {number} blue @param {number} alpha */
const greyOf = (red, green, blue, alpha) =>
  255 - Math.round((alpha * (255_000 - (299 * red + 587 * green + 114 * blue))) / 255_000);
