/**
 * Decodes untrusted image files. Bytes come in, and a {@link ink.neural.drawing.Drawing} of bounded size comes out,
 * or an {@link ink.neural.drawing.InvalidImageException}.
 *
 * <p>The way of an image: {@link ink.neural.drawing.DataUrl} decodes the text that holds it. {@link
 * ink.neural.drawing.DrawingDecoder} finds its format, has the file parsed and checked, and compares its size with the
 * limits. Only then are pixels decoded, row by row where the format allows. {@code BoxFilter} reduces them to a megapixel
 * on the way, and {@code DrawingBuilder} collects what is left. {@code ExifOrientation} turns the drawing upright.
 *
 * <p>Each format has a class of its own:
 *
 * <ul>
 *   <li>PNG: {@code PngParser}, then {@code FastPngDecoder} for the common kinds or {@code PngDecoder} for all others
 *   <li>JPEG: {@code JpegParser}, then {@code JpegDecoder}, which hands a file without metadata to the JDK
 *   <li>WebP: {@code WebpDecoder}, see {@link ink.neural.drawing.webp}
 *   <li>GIF: {@code GifDecoder}, with {@code LzwInput}
 *   <li>BMP: {@code BmpDecoder}
 *   <li>TIFF: {@code TiffDecoder}, with {@code TiffDirectory}, {@code LzwInput} and {@code PackBitsInput}
 *   <li>anything else: {@code ForeignFormat} says what it is, if that is known
 * </ul>
 */
package ink.neural.drawing;
