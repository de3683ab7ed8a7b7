package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;
import static ink.neural.drawing.PngImage.GREY;
import static ink.neural.drawing.PngImage.GREY_ALPHA;
import static ink.neural.drawing.PngImage.PALETTE;
import static ink.neural.drawing.PngImage.RGB;

import ink.neural.drawing.pixel.Argb;
import ink.neural.drawing.pixel.PackedSamples;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/*
 * Implementation note
 *
 * Why it exists. Decoding is the costliest step of a prediction after the network itself. ImageIO builds an image
 * object that is then converted to greys. This class goes from the inflater straight to the drawing, one row at a time.
 *
 * What it decodes. PNGs of all five colour types with 8 bits per sample, not interlaced, and without a transparent
 * colour (tRNS) outside a palette. A canvas writes such files, and so do nearly all programs. All others go to
 * PngDecoder.
 *
 * How it is verified. FastPngDecoderTest and FastPngDecoderFuzzTest compare every pixel with ImageIO's, for every colour
 * type and filter. PackedSamplesTest compares the filter arithmetic with the definitions in the PNG specification.
 *
 * What to know before reading it. PNG stores each row as a filter type (one byte) and differences from a prediction,
 * which the decoder adds up again ("unfilters"; PNG specification, third edition, section 9). A pixel of one to four
 * samples is handled as one packed int (see PackedSamples). The field row holds the current row's pixels. It is
 * updated in place, so that until a pixel is unfiltered, row[x] is still the pixel above.
 *
 * The fast paths. A drawing is mostly paper, so most differences are 0:
 *  - With filters None and Sub a row does not depend on the row above. Where the filtered bytes repeat those of the row
 *    above, from the left, the pixels repeat too and are copied.
 *  - With Sub, which Chromium's canvas uses for every row, a run of zeros repeats the pixel on the left.
 *  - With Up, which Pillow uses for most rows of a drawing, a run of zeros repeats the pixels above.
 * Arrays.mismatch finds the end of a run many bytes at a time.
 */

/** Decodes the common kinds of PNG, several times as fast as ImageIO. */
final class FastPngDecoder {
    private static final int NONE = 0;
    private static final int SUB = 1;
    private static final int UP = 2;
    private static final int AVERAGE = 3;
    private static final int PAETH = 4;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /** A pixel of fewer than four samples is read as a whole int, up to 3 bytes beyond its end. */
    private static final int PADDING = 3;
    /** How many bytes are inflated at once, so that they stay in the processor's cache. */
    private static final int BLOCK_LENGTH = 1 << 15;

    private final int width;
    private final int height;
    private final int colourType;
    private final int samples;
    private final int pixelMask;
    /** The colour of each palette entry. An index beyond the palette is black. */
    private final int[] palette;
    /** Some filtered rows. */
    private final byte[] block;
    /** A filtered row without differences. */
    private final byte[] zeros;
    /** The pixels of the current row; those not yet unfiltered are of the row above. */
    private final int[] row;
    /** The colours of a row. */
    private final int[] argb;

    private FastPngDecoder(PngImage image) {
        width = image.width();
        height = image.height();
        colourType = image.colourType();
        samples = image.samplesPerPixel();
        pixelMask = samples == 4 ? -1 : (1 << 8 * samples) - 1;
        palette = colourType == PALETTE ? image.colours() : null;
        block = new byte[rowsPerBlock() * rowLength() + PADDING];
        zeros = new byte[samples * width];
        row = new int[width];
        argb = new int[width];
    }

    /** Whether an image is of a kind that this class decodes. */
    static boolean supports(PngImage image) {
        boolean transparentColour = image.transparency() != null && image.colourType() != PALETTE;
        return image.depth() == 8 && !image.interlaced() && !transparentColour;
    }

    /**
     * Decodes an image that {@link #supports} accepts.
     *
     * @throws InvalidImageException if the pixel data is damaged or too short
     */
    static Drawing decode(PngImage image) {
        FastPngDecoder decoder = new FastPngDecoder(image);
        try (IdatInflater data = new IdatInflater(image)) {
            return BoxFilter.factor(image.width(), image.height()) == 1
                    ? decoder.decodeRows(data)
                    : decoder.decodeReduced(data);
        }
    }

    /** Bytes in a filtered row. */
    private int rowLength() {
        return 1 + samples * width;
    }

    private int rowsPerBlock() {
        return Math.min(height, Math.max(1, BLOCK_LENGTH / rowLength()));
    }

    private Drawing decodeRows(IdatInflater data) {
        DrawingBuilder drawing = new DrawingBuilder(width, height);
        for (int y = 0; y < height; y++) {
            int offset = readRow(data, y);
            int repeated = countRepeated(offset);
            if (repeated > 0) {
                drawing.copy((y - 1) * width, y * width, repeated);
            }
            if (repeated < width) {
                decodeRow(drawing, block[offset], offset + 1, y * width, repeated);
            }
        }
        return drawing.drawing();
    }

    private Drawing decodeReduced(IdatInflater data) {
        BoxFilter pixels = BoxFilter.ofRows(width, height);
        for (int y = 0; y < height; y++) {
            int offset = readRow(data, y);
            if (countRepeated(offset) < width) {
                unfilter(block[offset], offset + 1);
                convertRow();
            }
            pixels.addRow(y, argb);
        }
        return pixels.drawing();
    }

    /** Makes sure that {@link #block} holds a row, and returns where it starts. */
    private int readRow(IdatInflater data, int y) {
        int rowsPerBlock = rowsPerBlock();
        int offset = y % rowsPerBlock * rowLength();
        if (offset == 0) {
            data.read(block, Math.min(rowsPerBlock, height - y) * rowLength());
        }
        return offset;
    }

    /** Counts the pixels at the start of a row that repeat those above because their filtered bytes do. */
    private int countRepeated(int offset) {
        int filter = block[offset];
        if (offset == 0 || filter != NONE && filter != SUB) {
            return 0;
        }
        int length = rowLength();
        int same = Arrays.mismatch(block, offset - length, offset, block, offset, offset + length);
        return same < 0 ? width : Math.max(0, same - 1) / samples;
    }

    /**
     * Decodes a row.
     *
     * @param filter the row's filter type
     * @param from where its differences start in {@link #block}
     * @param to the index of its first pixel in the drawing
     * @param repeated how many of its pixels have already been copied from the row above
     */
    private void decodeRow(DrawingBuilder drawing, int filter, int from, int to, int repeated) {
        if (filter == SUB) {
            decodeSub(drawing, from, to, repeated);
        } else if (filter == UP) {
            decodeUp(drawing, from, to);
        } else {
            unfilter(filter, from);
            convertRow();
            drawing.set(to, argb, width);
        }
    }

    private void unfilter(int filter, int from) {
        switch (filter) {
            case NONE -> unfilterNone(from);
            case SUB -> unfilterSub(from);
            case UP -> unfilterUp(from);
            case AVERAGE -> unfilterAverage(from);
            case PAETH -> unfilterPaeth(from);
            default -> throw damaged();
        }
    }

    /** Reads a pixel, or a pixel's differences, from {@link #block}. */
    private int pixel(int at) {
        return (int) INTS.get(block, at) & pixelMask;
    }

    private void unfilterNone(int from) {
        for (int x = 0, at = from; x < width; x++, at += samples) {
            row[x] = pixel(at);
        }
    }

    private void decodeSub(DrawingBuilder drawing, int from, int to, int repeated) {
        int left = repeated == 0 ? 0 : row[repeated - 1];
        for (int x = repeated; x < width; ) {
            int at = from + x * samples;
            int difference = pixel(at);
            if (difference == 0) {
                int end = x + countZeros(at, width - x);
                Arrays.fill(row, x, end, left);
                drawing.fill(to + x, to + end, argb(left));
                x = end;
            } else {
                left = PackedSamples.add(left, difference);
                row[x] = left;
                drawing.set(to + x, argb(left));
                x++;
            }
        }
    }

    private void decodeUp(DrawingBuilder drawing, int from, int to) {
        for (int x = 0; x < width; ) {
            int at = from + x * samples;
            int difference = pixel(at);
            if (difference == 0 && to > 0) {
                int run = countZeros(at, width - x);
                drawing.copy(to + x - width, to + x, run);
                x += run;
            } else {
                row[x] = PackedSamples.add(row[x], difference);
                drawing.set(to + x, argb(row[x]));
                x++;
            }
        }
    }

    /** Counts the pixels from an offset in {@link #block} on, at most {@code pixels}, whose differences are all 0. */
    private int countZeros(int at, int pixels) {
        int length = pixels * samples;
        int same = Arrays.mismatch(zeros, 0, length, block, at, at + length);
        return same < 0 ? pixels : same / samples;
    }

    private void unfilterSub(int from) {
        int left = 0;
        for (int x = 0; x < width; ) {
            int at = from + x * samples;
            int difference = pixel(at);
            if (difference == 0) {
                int end = x + countZeros(at, width - x);
                Arrays.fill(row, x, end, left);
                x = end;
            } else {
                left = PackedSamples.add(left, difference);
                row[x++] = left;
            }
        }
    }

    private void unfilterUp(int from) {
        for (int x = 0; x < width; ) {
            int at = from + x * samples;
            int difference = pixel(at);
            if (difference == 0) {
                x += countZeros(at, width - x);
            } else {
                row[x] = PackedSamples.add(row[x], difference);
                x++;
            }
        }
    }

    private void unfilterAverage(int from) {
        int left = 0;
        for (int x = 0, at = from; x < width; x++, at += samples) {
            left = PackedSamples.add(pixel(at), PackedSamples.average(left, row[x]));
            row[x] = left;
        }
    }

    private void unfilterPaeth(int from) {
        long left = 0;
        long corner = 0;
        for (int x = 0, at = from; x < width; x++, at += samples) {
            long up = PackedSamples.spread(row[x]);
            long prediction = PackedSamples.paeth(left, up, corner);
            left = PackedSamples.addSpread(PackedSamples.spread(pixel(at)), prediction);
            corner = up;
            row[x] = PackedSamples.pack(left);
        }
    }

    /** Converts the row to colours. Most pixels equal the one before them. */
    private void convertRow() {
        int pixel = row[0];
        int colour = argb(pixel);
        for (int x = 0; x < width; x++) {
            if (row[x] != pixel) {
                pixel = row[x];
                colour = argb(pixel);
            }
            argb[x] = colour;
        }
    }

    private int argb(int pixel) {
        return switch (colourType) {
            case GREY -> Argb.grey(pixel);
            case PALETTE -> palette[pixel];
            case GREY_ALPHA -> argb(pixel, pixel, pixel, pixel >> 8);
            case RGB -> argb(pixel, pixel >> 8, pixel >> 16, 255);
            default -> argb(pixel, pixel >> 8, pixel >> 16, pixel >> 24);
        };
    }

    /** A colour, of which the lowest 8 bits of each argument count. */
    private static int argb(int red, int green, int blue, int alpha) {
        return alpha << 24 | (red & 0xFF) << 16 | (green & 0xFF) << 8 | blue & 0xFF;
    }
}
