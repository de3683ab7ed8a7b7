package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;
import static ink.neural.drawing.InvalidImageException.notAnImage;

import ink.neural.drawing.pixel.Argb;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Decodes the first image of a TIFF file (TIFF 6.0): bilevel, grey, palette, RGB and CMYK, in strips or tiles,
 * uncompressed or with PackBits, LZW or Deflate.
 */
final class TiffDecoder {
    private static final int IMAGE_WIDTH = 256;
    private static final int IMAGE_LENGTH = 257;
    private static final int BITS_PER_SAMPLE = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int FILL_ORDER = 266;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_BYTE_COUNTS = 279;
    private static final int PLANAR_CONFIGURATION = 284;
    private static final int PREDICTOR = 317;
    private static final int COLOUR_MAP = 320;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_LENGTH = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTE_COUNTS = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;

    private static final int UNCOMPRESSED = 1;
    private static final int LZW = 5;
    private static final int DEFLATE = 8;
    private static final int DEFLATE_OLD = 32946;
    private static final int PACK_BITS = 32773;

    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;

    private static final int ASSOCIATED_ALPHA = 1;
    private static final int UNASSOCIATED_ALPHA = 2;

    private static final int COST_OF_COMPRESSION = 4;
    private static final int MAX_SAMPLES = 5;
    /** How many pixels the tiles may hold beyond twice those of the image. Such padding is decoded for nothing. */
    private static final int MAX_PADDING = 1 << 18;
    /** The sides of a tile are multiples of this (section 15). */
    private static final int TILE_UNIT = 16;

    private final byte[] file;
    private final TiffDirectory directory;
    private final int width;
    private final int height;
    private final int depth;
    private final int samples;
    private final int compression;
    private final int photometric;
    private final boolean differences;
    private final int extraSample;
    private final boolean tiled;
    /** Width and height of a tile. A strip is a tile as wide as the image. */
    private final int tileWidth;

    private final int tileHeight;
    private final int[] colours;
    private final LzwInput lzw = LzwInput.ofTiff();

    private TiffDecoder(byte[] file) {
        this.file = file;
        directory = new TiffDirectory(ByteBuffer.wrap(file));
        width = number(IMAGE_WIDTH, 0);
        height = number(IMAGE_LENGTH, 0);
        depth = number(BITS_PER_SAMPLE, 1);
        samples = number(SAMPLES_PER_PIXEL, 1);
        compression = number(COMPRESSION, UNCOMPRESSED);
        photometric = number(PHOTOMETRIC, BLACK_IS_ZERO);
        differences = number(PREDICTOR, 1) == 2;
        extraSample = samples > colourSamples() ? number(EXTRA_SAMPLES, 0) : 0;
        requireKnownKind();
        tiled = number(TILE_WIDTH, 0) > 0;
        tileWidth = tiled ? number(TILE_WIDTH, 0) : width;
        tileHeight = tiled ? number(TILE_LENGTH, 0) : Math.min(height, number(ROWS_PER_STRIP, height));
        requirePlausibleTiles();
        colours = photometric == PALETTE ? readColours() : null;
    }

    /** Whether a file starts as a TIFF or BigTIFF does. */
    static boolean recognises(byte[] file) {
        return file.length >= 8
                && (file[0] == 'I' && file[1] == 'I' && (file[2] == 42 || file[2] == 43) && file[3] == 0
                        || file[0] == 'M' && file[1] == 'M' && file[2] == 0 && (file[3] == 42 || file[3] == 43));
    }

    /**
     * Parses the first directory of a TIFF file.
     *
     * @throws InvalidImageException if the file is truncated or damaged, or of a kind that is not supported
     */
    static ImageFile parse(byte[] file) {
        if (file[2] + file[3] == 43) {
            throw notAnImage("BigTIFF files are not supported. Save the image as TIFF.");
        }
        try {
            TiffDecoder tiff = new TiffDecoder(file);
            int cost = tiff.compression == UNCOMPRESSED ? 1 : COST_OF_COMPRESSION;
            int orientation =
                    ExifOrientation.valid(tiff.directory.number(TiffDirectory.ORIENTATION, ExifOrientation.UPRIGHT));
            return new ImageFile(tiff.width, tiff.height, cost, tiff.dataWeight(), orientation, tiff::decode);
        } catch (IndexOutOfBoundsException e) {
            throw notAnImage("The TIFF file is truncated or damaged.");
        }
    }

    /** A number that is at most the largest int. Rows per strip may be larger. */
    private int number(int tag, int otherwise) {
        return (int) Math.min(Integer.MAX_VALUE, directory.number(tag, otherwise));
    }

    private long dataWeight() {
        return switch (compression) {
            case UNCOMPRESSED -> 0;
            case DEFLATE, DEFLATE_OLD -> (long) file.length * ImageFile.COST_OF_DEFLATED_BYTE;
            default -> file.length;
        };
    }

    private int colourSamples() {
        return photometric == RGB ? 3 : photometric == CMYK ? 4 : 1;
    }

    private void requireKnownKind() {
        switch (compression) {
            case UNCOMPRESSED, LZW, DEFLATE, DEFLATE_OLD, PACK_BITS -> {}
            default ->
                throw notAnImage("TIFF files with fax, JPEG or other such compression are not supported."
                        + " Save the image uncompressed or with LZW.");
        }
        boolean countIsKnown = samples >= colourSamples() && samples <= MAX_SAMPLES;
        if (!countIsKnown || !hasKnownDepth() || !hasPlainLayout()) {
            throw notAnImage(
                    "The TIFF file is of a kind that is not supported. Save the image in RGB, 8 bits a sample.");
        }
    }

    private boolean hasKnownDepth() {
        boolean powerOfTwo = depth >= 1 && Integer.bitCount(depth) == 1;
        return powerOfTwo
                && switch (photometric) {
                    case WHITE_IS_ZERO, BLACK_IS_ZERO -> depth <= 16;
                    case RGB, CMYK -> depth == 8 || depth == 16;
                    case PALETTE -> depth <= 8;
                    default -> false;
                };
    }

    /** Whether all samples are unsigned numbers of the same depth, pixel by pixel, from the highest bit on. */
    private boolean hasPlainLayout() {
        long[] depths = directory.numbers(BITS_PER_SAMPLE, MAX_SAMPLES);
        return number(PLANAR_CONFIGURATION, 1) == 1
                && number(FILL_ORDER, 1) == 1
                && number(SAMPLE_FORMAT, 1) == 1
                && number(PREDICTOR, 1) <= (depth >= 8 ? 2 : 1)
                && (depths == null || Arrays.stream(depths).allMatch(other -> other == depth));
    }

    private void requirePlausibleTiles() {
        if (width < 1 || height < 1 || tileWidth < 1 || tileHeight < 1) {
            throw damaged();
        }
        if (!tiled) {
            return;
        }
        if (tileWidth % TILE_UNIT != 0 || tileHeight % TILE_UNIT != 0) {
            throw damaged();
        }
        double decoded = (double) tilesAcross() * tileWidth * tilesDown() * tileHeight;
        if (decoded > 2.0 * width * height + MAX_PADDING) {
            throw notAnImage("The tiles of the TIFF file are much larger than its image.");
        }
    }

    private int tilesAcross() {
        return (width - 1) / tileWidth + 1;
    }

    private int tilesDown() {
        return (height - 1) / tileHeight + 1;
    }

    /** The palette: all reds, then all greens, then all blues, of 16 bits each. */
    private int[] readColours() {
        int count = 1 << depth;
        long[] stored = directory.numbers(COLOUR_MAP, 3 * count);
        if (stored == null || stored.length < 3 * count) {
            throw damaged();
        }
        int[] argb = new int[count];
        for (int i = 0; i < count; i++) {
            int red = (int) stored[i] >> 8 & 0xFF;
            int green = (int) stored[count + i] >> 8 & 0xFF;
            int blue = (int) stored[2 * count + i] >> 8 & 0xFF;
            argb[i] = Argb.rgb(red, green, blue);
        }
        return argb;
    }

    private Drawing decode() {
        BoxFilter pixels = tiled ? BoxFilter.ofPixels(width, height) : BoxFilter.ofRows(width, height);
        Inflater inflater = new Inflater();
        try {
            decodeTiles(pixels, inflater, new DeflateSurplus());
        } catch (IOException | IndexOutOfBoundsException e) {
            throw damaged();
        } finally {
            inflater.end();
        }
        return pixels.drawing();
    }

    private void decodeTiles(BoxFilter pixels, Inflater inflater, DeflateSurplus surplus) throws IOException {
        int tiles = tilesAcross() * tilesDown();
        long[] offsets = numberOfEach(tiled ? TILE_OFFSETS : STRIP_OFFSETS, tiles);
        long[] lengths = numberOfEach(tiled ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS, tiles);
        if (Arrays.stream(lengths).sum() > file.length) {
            throw notAnImage("The strips or tiles of the TIFF file overlap.");
        }
        for (int y = 0, tile = 0; y < height; y += tileHeight) {
            for (int x = 0; x < width; x += tileWidth, tile++) {
                surplus.reset(inflater);
                decodeTile(open(offsets[tile], lengths[tile], inflater, surplus), pixels, x, y);
            }
        }
    }

    /** The numbers of a tag that has one for each strip or tile. */
    private long[] numberOfEach(int tag, int tiles) {
        long[] numbers = directory.numbers(tag, tiles);
        if (numbers == null || numbers.length < tiles) {
            throw damaged();
        }
        return numbers;
    }

    private InputStream open(long offset, long length, Inflater inflater, DeflateSurplus surplus) {
        if (offset + length > file.length) {
            throw damaged();
        }
        InputStream stored = new ByteArrayInputStream(file, (int) offset, (int) length);
        return switch (compression) {
            case LZW -> lzw.restart(stored);
            case DEFLATE, DEFLATE_OLD -> inflated(stored, inflater, surplus);
            case PACK_BITS -> new PackBitsInput(stored);
            default -> stored;
        };
    }

    private static InputStream inflated(InputStream stored, Inflater inflater, DeflateSurplus surplus) {
        return new InflaterInputStream(stored, inflater) {
            @Override
            protected void fill() throws IOException {
                surplus.check(inflater);
                super.fill();
            }
        };
    }

    private void decodeTile(InputStream data, BoxFilter pixels, int left, int top) throws IOException {
        byte[] row = new byte[Math.toIntExact(((long) tileWidth * samples * depth + 7) / 8)];
        int visible = Math.min(tileWidth, width - left);
        int[] argb = new int[visible];
        for (int y = top; y < Math.min(top + tileHeight, height); y++) {
            if (data.readNBytes(row, 0, row.length) < row.length) {
                throw damaged();
            }
            if (differences) {
                addDifferences(row);
            }
            for (int x = 0; x < visible; x++) {
                argb[x] = argb(row, x * samples);
            }
            pixels.add(left, y, 1, argb, visible);
        }
    }

    /** Adds the sample on the left to each sample (TIFF 6.0, section 14). */
    private void addDifferences(byte[] row) {
        if (depth == 8) {
            for (int i = samples; i < row.length; i++) {
                row[i] += row[i - samples];
            }
            return;
        }
        ByteBuffer shorts = ByteBuffer.wrap(row).order(byteOrder());
        for (int i = 2 * samples; i < row.length; i += 2) {
            shorts.putShort(i, (short) (shorts.getShort(i) + shorts.getShort(i - 2 * samples)));
        }
    }

    private ByteOrder byteOrder() {
        return directory.file().order();
    }

    private int argb(byte[] row, int at) {
        if (colours != null) {
            return colours[BitSamples.get(row, 0, at, depth)];
        }
        int first = eightBits(row, at);
        int argb =
                switch (photometric) {
                    case WHITE_IS_ZERO -> Argb.grey(255 - first);
                    case BLACK_IS_ZERO -> Argb.grey(first);
                    case RGB -> Argb.rgb(first, eightBits(row, at + 1), eightBits(row, at + 2));
                    default -> Argb.cmyk(first, eightBits(row, at + 1), eightBits(row, at + 2), eightBits(row, at + 3));
                };
        return switch (extraSample) {
            case UNASSOCIATED_ALPHA -> argb & 0xFFFFFF | eightBits(row, at + colourSamples()) << 24;
            case ASSOCIATED_ALPHA -> divided(argb, eightBits(row, at + colourSamples()));
            default -> argb;
        };
    }

    /** A colour that was stored multiplied by its alpha. */
    private static int divided(int argb, int alpha) {
        if (alpha == 0) {
            return 0;
        }
        int red = Math.min(255, (argb >> 16 & 0xFF) * 255 / alpha);
        int green = Math.min(255, (argb >> 8 & 0xFF) * 255 / alpha);
        int blue = Math.min(255, (argb & 0xFF) * 255 / alpha);
        return alpha << 24 | red << 16 | green << 8 | blue;
    }

    /** A sample, scaled to the range from 0 to 255. */
    private int eightBits(byte[] row, int index) {
        if (depth < 16) {
            return BitSamples.scaled(row, 0, index, depth);
        }
        int high = byteOrder() == ByteOrder.BIG_ENDIAN ? 0 : 1;
        return row[2 * index + high] & 0xFF;
    }
}
