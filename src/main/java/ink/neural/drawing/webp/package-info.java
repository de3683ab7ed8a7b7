/**
 * Decodes WebP files, and knows nothing of the rest of the program.
 *
 * <p>A WebP file is a list of chunks (RFC 9649, section 2), which {@link ink.neural.drawing.webp.WebpImage} parses. One
 * chunk holds the pixels, in either of two formats that have little in common. An animation has several; the first is
 * decoded.
 *
 * <ul>
 *   <li>Lossy pixels are a key frame of the video format VP8 (RFC 6386). {@code Vp8Decoder} goes through its macroblocks
 *       of 16 x 16 pixels. {@code Vp8Header}, {@code Vp8Modes} and {@code Vp8Coefficients} read the stream, by means of
 *       {@code Vp8BoolDecoder} and {@code Vp8Tables}. {@code Vp8Plane} and {@code Vp8Subblocks} predict pixels from those
 *       above and on the left, {@code Vp8Transform} adds what differs, and {@code Vp8LoopFilter} smooths the edges
 *       between blocks. The alphas, if any, come in a chunk of their own ({@code AlphaChunk}).
 *   <li>Lossless pixels are VP8L (RFC 9649, section 3). {@code Vp8lDecoder} reads pixels, references to earlier pixels and
 *       indices of recent colours ({@code ColourCache}), all in prefix codes ({@code PrefixCode}). {@code Vp8lTransform}
 *       undoes what made the pixels easier to compress.
 * </ul>
 *
 * <p>Two things are not done. Chroma is not interpolated: the four pixels that share a sample get the same. Colour profiles
 * are not applied.
 *
 * <p>While they are decoded, lossless pixels take 4 to 6 bytes each, and lossy ones 1.5, or 2.5 with alpha. Time is bounded
 * by the pixels and the bytes of the file.
 *
 * <p>{@code WebpDecoderTest} compares every pixel with those that dwebp, of Google's libwebp, wrote. {@code
 * DamagedFileTest} and {@code DecoderFuzzTest} decode damaged files.
 */
package ink.neural.drawing.webp;
