package ink.neural.drawing;

/**
 * An image file reduced to what its pixels need, and what is known of it before anything is decoded. Text, profiles,
 * thumbnails and animations are gone: they cost time and memory in the decoder and change no pixel we look at.
 *
 * @param format {@code png} or {@code jpeg}
 * @param width as the header says
 * @param height as the header says
 * @param effort what a pixel costs to decode, as measured: 1 in a plain picture, 2 in an interlaced PNG, 4 in one of 16
 *     bits, more in a progressive JPEG, whose scans each go over the whole picture
 * @param orientation the EXIF orientation, 1 to 8; 1 is upright
 * @param bytes the reduced file
 */
record ImageFile(String format, int width, int height, int effort, int orientation, byte[] bytes) {}
