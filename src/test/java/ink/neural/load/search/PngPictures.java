package ink.neural.load.search;

import ink.neural.drawing.DeflateBlocks;
import ink.neural.drawing.PngFile;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/** Encodes pictures as PNG files, and data as zlib streams. */
final class PngPictures {
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };
    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};
    private static final int MAX_PIECES = 200_000;

    private PngPictures() {}

    static byte[] encode(Recipe recipe, Content content) {
        int colourType = recipe.number(Gene.COLOUR_TYPE);
        int depth = depth(colourType, recipe.number(Gene.DEPTH));
        boolean interlaced = recipe.is(Gene.INTERLACED, "yes");
        PngFile png = new PngFile().header(content.width(), content.height(), depth, colourType, interlaced);
        if (colourType == 3) {
            byte[] palette = new byte[3 << depth];
            if (recipe.is(Gene.PALETTE, "random")) {
                new Random(1).nextBytes(palette);
            }
            png.chunk("PLTE", palette);
        }
        pad(recipe, png, "text-chunks", "tEXt");
        pad(recipe, png, "segments", "eXIf");
        pad(recipe, png, "empty-pieces", "IDAT");
        if (!recipe.is(Gene.ORIENTATION, "1")) {
            png.chunk("eXIf", OtherPictures.exif(recipe.number(Gene.ORIENTATION)));
        }
        byte[] data = deflate(recipe, rows(content, colourType, depth, interlaced, recipe.number(Gene.FILTER)));
        int piece = Math.max(recipe.number(Gene.PIECE), data.length / MAX_PIECES);
        for (int at = 0; at < data.length; at += piece) {
            png.chunk("IDAT", Arrays.copyOfRange(data, at, Math.min(data.length, at + piece)));
        }
        return png.end();
    }

    private static void pad(Recipe recipe, PngFile png, String padding, String type) {
        if (recipe.is(Gene.PADDING, padding)) {
            for (int i = 0; i < recipe.number(Gene.PADDING_BYTES) / 12; i++) {
                png.chunk(type);
            }
        }
    }

    private static int depth(int colourType, int wanted) {
        return switch (colourType) {
            case 0 -> wanted;
            case 3 -> Math.min(8, wanted);
            default -> Math.max(8, wanted);
        };
    }

    private static byte[] rows(Content content, int colourType, int depth, boolean interlaced, int filter) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        int samples = PngFile.samplesPerPixel(colourType);
        for (int[] pass : interlaced ? ADAM7 : ONE_PASS) {
            int width = (content.width() - pass[0] + pass[2] - 1) / pass[2];
            for (int y = pass[1]; y < content.height() && width > 0; y += pass[3]) {
                rows.write(filter == 5 ? y % 5 : filter);
                byte[] row = new byte[(width * samples * depth + 7) / 8];
                for (int x = 0; x < width; x++) {
                    int argb = content.argb()[y * content.width() + pass[0] + x * pass[2]];
                    for (int s = 0; s < samples; s++) {
                        put(row, x * samples + s, depth, sample(argb, s, samples));
                    }
                }
                rows.writeBytes(row);
            }
        }
        return rows.toByteArray();
    }

    private static int sample(int argb, int index, int samples) {
        boolean alpha = samples % 2 == 0 && index == samples - 1;
        return alpha ? argb >>> 24 : argb >> 16 - 8 * (index % 3) & 0xFF;
    }

    private static void put(byte[] row, int index, int depth, int sample) {
        if (depth == 16) {
            row[2 * index] = (byte) sample;
            row[2 * index + 1] = (byte) ~sample;
        } else {
            int bit = index * depth;
            row[bit / 8] |= (byte) (sample >> 8 - depth << 8 - depth - bit % 8);
        }
    }

    /** Compresses data as the recipe says, after padding of empty blocks. */
    static byte[] deflate(Recipe recipe, byte[] data) {
        String padding = recipe.text(Gene.PADDING);
        if (padding.endsWith("-blocks") || recipe.text(Gene.COMPRESSION).startsWith("tiny")) {
            return blocks(recipe, data);
        }
        Deflater deflater =
                new Deflater(recipe.is(Gene.COMPRESSION, "best") ? 9 : recipe.is(Gene.COMPRESSION, "stored") ? 0 : 1);
        if (recipe.is(Gene.COMPRESSION, "literals")) {
            deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        }
        deflater.setInput(data);
        deflater.finish();
        byte[] out = new byte[data.length + data.length / 1000 + 1000];
        int length = deflater.deflate(out);
        deflater.end();
        byte[] zeros = new byte[recipe.is(Gene.PADDING, "zeros") ? recipe.number(Gene.PADDING_BYTES) : 0];
        return concat(Arrays.copyOf(out, length), zeros);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Empty blocks, then blocks that hold or stand for a few bytes of data each. */
    private static byte[] blocks(Recipe recipe, byte[] data) {
        DeflateBlocks blocks = new DeflateBlocks();
        int padding = recipe.text(Gene.PADDING).endsWith("-blocks") ? recipe.number(Gene.PADDING_BYTES) : 0;
        while (blocks.length() < padding) {
            if (recipe.is(Gene.PADDING, "dynamic-blocks")) {
                blocks.dynamic(0);
            } else {
                blocks.emptyFixed();
            }
        }
        int piece = Math.max(1, Math.min(recipe.number(Gene.PIECE), 65_535));
        boolean dynamic = recipe.is(Gene.COMPRESSION, "tiny-dynamic");
        if (dynamic) {
            blocks.stored(data, 0, 1);
        }
        for (int at = 0;
                at < data.length && blocks.length() < 8_000_000;
                at += dynamic ? DeflateBlocks.LONGEST_COPY : piece) {
            if (dynamic) {
                // As many empty blocks as the data have bytes keep input and output about equal.
                for (int i = 0; i < Math.min(piece, DeflateBlocks.LONGEST_COPY / 14); i++) {
                    blocks.dynamic(i == 0 ? 1 : 0);
                }
            } else {
                blocks.stored(data, at, Math.min(piece, data.length - at));
            }
        }
        return blocks.end();
    }
}
