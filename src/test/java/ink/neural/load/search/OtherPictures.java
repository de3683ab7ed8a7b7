package ink.neural.load.search;

import ink.neural.drawing.GifFile;
import ink.neural.drawing.TiffFile;
import ink.neural.robustness.ImageFiles;
import ink.neural.robustness.WebP;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes pictures as JPEG, GIF, TIFF, BMP and WebP files. */
final class OtherPictures {
    private static final int MAX_TILES = 500_000;

    private OtherPictures() {}

    static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put(new byte[] {'M', 'M', 0, 42})
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    private static BufferedImage image(Content content, int type) {
        BufferedImage image = new BufferedImage(content.width(), content.height(), type);
        image.setRGB(0, 0, content.width(), content.height(), content.argb(), 0, content.width());
        return image;
    }

    static byte[] jpeg(Recipe recipe, Content content) {
        boolean grey = recipe.is(Gene.COLOUR_TYPE, "0");
        byte[] file = grey || !recipe.is(Gene.COLOUR_TYPE, "4")
                ? jpeg(
                        recipe,
                        new IIOImage(
                                image(content, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB),
                                null,
                                null))
                // The four bands of ARGB stand for the four inks.
                : jpeg(
                        recipe,
                        new IIOImage(
                                image(content, BufferedImage.TYPE_4BYTE_ABGR).getRaster(), null, null));
        int scan = find(file, 0xDA);
        int length = recipe.number(Gene.PADDING_BYTES);
        byte[] padding =
                switch (recipe.text(Gene.PADDING)) {
                    case "segments" -> repeated(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 2}, length);
                    case "text-chunks" -> repeated(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 2}, length);
                    case "tables" -> repeated(segment(file, 0xC4), length);
                    case "groups" -> repeated(segment(file, 0xDB), length);
                    case "empty-blocks" -> repeated(new byte[] {(byte) 0xFF, (byte) 0xDD, 0, 4, 0, 0}, length);
                    case "fill-bytes" -> repeated(new byte[] {(byte) 0xFF}, length);
                    default -> new byte[0];
                };
        byte[] start = Arrays.copyOf(file, scan);
        byte[] scans = Arrays.copyOfRange(file, scan, file.length - 2);
        byte[] end = {(byte) 0xFF, (byte) 0xD9};
        if (recipe.is(Gene.PADDING, "empty-pieces")) {
            // The last scan of a progressive file may come again.
            int last = scan;
            for (int next = scan; next >= 0; next = find(file, 0xDA, next + 2)) {
                last = next;
            }
            byte[] again = Arrays.copyOfRange(file, last, file.length - 2);
            return PngPictures.concat(start, scans, again, again, again, again, again, again, end);
        }
        if (recipe.is(Gene.PADDING, "zeros")) {
            return PngPictures.concat(start, scans, new byte[length], end);
        }
        return PngPictures.concat(start, padding, scans, end);
    }

    private static byte[] jpeg(Recipe recipe, IIOImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam options = writer.getDefaultWriteParam();
        options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        options.setCompressionQuality(recipe.number(Gene.QUALITY) / 100f);
        options.setProgressiveMode(
                recipe.is(Gene.INTERLACED, "yes") ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, image, options);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    private static byte[] segment(byte[] file, int marker) {
        int at = find(file, marker);
        return Arrays.copyOfRange(file, at, at + 2 + ByteBuffer.wrap(file).getShort(at + 2));
    }

    private static int find(byte[] file, int marker) {
        return find(file, marker, 0);
    }

    private static int find(byte[] file, int marker, int from) {
        for (int i = from; i + 1 < file.length; i++) {
            if (file[i] == (byte) 0xFF && file[i + 1] == (byte) marker) {
                return i;
            }
        }
        return -1;
    }

    static byte[] repeated(byte[] part, int length) {
        byte[] all = new byte[length / part.length * part.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = part[i % part.length];
        }
        return all;
    }

    private static byte[] greys(Content content) {
        byte[] greys = new byte[content.argb().length];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = (byte) (content.argb()[i] >> 8);
        }
        return greys;
    }

    static byte[] gif(Recipe recipe, Content content) {
        int[] colours = new int[256];
        Arrays.setAll(colours, i -> i * 0x010101);
        GifFile gif = new GifFile(content.width(), content.height()).colours(colours);
        if (recipe.is(Gene.PADDING, "segments") || recipe.is(Gene.PADDING, "empty-pieces")) {
            for (int i = 0; i < recipe.number(Gene.PADDING_BYTES) / 3; i++) {
                gif.extension(0xFE);
            }
        } else if (recipe.is(Gene.PADDING, "text-chunks")) {
            for (int i = 0; i < recipe.number(Gene.PADDING_BYTES) / 8; i++) {
                gif.transparent(i);
            }
        }
        if (recipe.is(Gene.COMPRESSION, "best") && recipe.is(Gene.PADDING, "none")) {
            return ImageFiles.other(image(content, BufferedImage.TYPE_BYTE_GRAY), "gif");
        }
        byte[] codes = lzw(recipe, greys(content), false);
        int[] data = new int[codes.length];
        Arrays.setAll(data, i -> codes[i] & 0xFF);
        return gif.frame(0, 0, content.width(), content.height(), 8, data).end();
    }

    /** Clears the table before every few pixels, and as often in addition as the padding says. */
    private static byte[] lzw(Recipe recipe, byte[] data, boolean tiff) {
        BitOutput out = new BitOutput(tiff);
        int padding = recipe.text(Gene.PADDING).endsWith("-blocks") ? recipe.number(Gene.PADDING_BYTES) : 0;
        for (int i = 0; i < padding * 8 / 9; i++) {
            out.write(256, 9);
        }
        int between = Math.max(1, Math.min(200, recipe.number(Gene.PIECE)));
        for (int i = 0; i < data.length; i++) {
            if (i % between == 0) {
                out.write(256, 9);
            }
            out.write(data[i] & 0xFF, 9);
        }
        out.write(257, 9);
        return out.bytes();
    }

    static byte[] tiff(Recipe recipe, Content content) {
        String compression = recipe.text(Gene.COMPRESSION);
        if (compression.equals("best")) {
            return ImageFiles.other(image(content, BufferedImage.TYPE_INT_RGB), "tiff");
        }
        int code = compression.equals("none")
                ? 1
                : compression.equals("lzw") ? 5 : compression.equals("packbits") ? 32773 : 8;
        TiffFile tiff = new TiffFile(content.width(), content.height(), 1, 1, 8).tag(259, code);
        tiff.tag(274, recipe.number(Gene.ORIENTATION));
        boolean tiles = recipe.is(Gene.INTERLACED, "yes");
        int side = Math.max(16, Math.min(1024, recipe.number(Gene.PIECE) / 16 * 16));
        int width = tiles ? side : content.width();
        int height = tiles ? side : Math.max(1, Math.min(content.height(), recipe.number(Gene.PIECE) / 8));
        byte[] greys = greys(content);
        int count = 0;
        for (int top = 0; top < content.height(); top += height) {
            for (int left = 0; left < content.width() && count < MAX_TILES; left += width, count++) {
                Recipe padded = count == 0 ? recipe : recipe.with(Gene.PADDING, "none");
                tiff.strip(compress(padded, code, tile(content, greys, left, top, width, height)));
            }
        }
        for (int i = 0; i < 1000 && recipe.is(Gene.PADDING, "tables"); i++) {
            tiff.tag(40000 + i, i);
        }
        return tiles ? tiff.endWithTiles(width, height) : tiff.tag(278, height).end();
    }

    private static byte[] tile(Content content, byte[] greys, int left, int top, int width, int height) {
        byte[] tile = new byte[width * height];
        for (int y = 0; y < height && top + y < content.height(); y++) {
            int length = Math.min(width, content.width() - left);
            System.arraycopy(greys, (top + y) * content.width() + left, tile, y * width, length);
        }
        return tile;
    }

    private static byte[] compress(Recipe recipe, int code, byte[] data) {
        return switch (code) {
            case 1 -> data;
            case 5 -> lzw(recipe, data, true);
            case 8 -> PngPictures.deflate(recipe, data);
            default -> packBits(recipe, data);
        };
    }

    /** A byte of 0x80 stands for nothing. */
    private static byte[] packBits(Recipe recipe, byte[] data) {
        int padding = recipe.text(Gene.PADDING).endsWith("-blocks") ? recipe.number(Gene.PADDING_BYTES) : 0;
        byte[] packed = new byte[padding + 2 * data.length];
        Arrays.fill(packed, 0, padding, (byte) 0x80);
        for (int i = 0; i < data.length; i++) {
            packed[padding + 2 * i + 1] = data[i];
        }
        return packed;
    }

    static byte[] bmp(Recipe recipe, Content content) {
        return switch (recipe.number(Gene.DEPTH)) {
            case 1 -> ImageFiles.other(image(content, BufferedImage.TYPE_BYTE_BINARY), "bmp");
            case 2, 8 -> runs(recipe, content);
            case 4 -> ImageFiles.other(image(content, BufferedImage.TYPE_BYTE_GRAY), "bmp");
            default -> ImageFiles.other(image(content, BufferedImage.TYPE_INT_RGB), "bmp");
        };
    }

    /** A run for each pixel, after moves by no column and no row, and with an empty run of 254 pixels off the row. */
    private static byte[] runs(Recipe recipe, Content content) {
        byte[] greys = greys(content);
        byte[] padding =
                switch (recipe.text(Gene.PADDING)) {
                    case "empty-pieces" -> repeated(new byte[] {0, 2, 0, 0}, recipe.number(Gene.PADDING_BYTES));
                    case "empty-blocks" -> repeated(new byte[] {-1, 0}, recipe.number(Gene.PADDING_BYTES));
                    default -> new byte[0];
                };
        ByteBuffer bmp = ByteBuffer.allocate(1078 + padding.length + 2 * greys.length + 2 * content.height() + 2)
                .order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(new byte[] {'B', 'M'}).putInt(0).putInt(0).putInt(1078);
        bmp.putInt(40)
                .putInt(content.width())
                .putInt(content.height())
                .putShort((short) 1)
                .putShort((short) 8);
        bmp.putInt(1).putInt(0).putInt(0).putInt(0).putInt(0).putInt(0);
        for (int i = 0; i < 256; i++) {
            bmp.putInt(i * 0x010101);
        }
        bmp.put(padding);
        for (int i = 0; i < greys.length; i++) {
            bmp.put((byte) 1).put(greys[i]);
            if (i % content.width() == content.width() - 1) {
                bmp.put(new byte[2]);
            }
        }
        return bmp.put(new byte[] {0, 1}).array();
    }

    static byte[] webp(Recipe recipe, Content content) {
        return recipe.is(Gene.PADDING, "groups")
                ? groups(recipe)
                : WebP.file(image(content, BufferedImage.TYPE_INT_ARGB));
    }

    /** A lossless picture of one colour with many groups of prefix codes, each of the fewest bits. */
    private static byte[] groups(Recipe recipe) {
        int width = Math.min(16383, recipe.number(Gene.WIDTH));
        int height = Math.min(16383, recipe.number(Gene.HEIGHT));
        int groups = Math.max(1, Math.min(65_536, recipe.number(Gene.PADDING_BYTES) / 3));
        boolean cache = recipe.is(Gene.INTERLACED, "yes");
        BitOutput out = new BitOutput(false);
        out.write(0x2F, 8);
        out.write(width - 1, 14);
        out.write(height - 1, 14);
        out.write(0, 1 + 3 + 1); // no alpha, version, no transform
        out.write(cache ? 1 : 0, 1);
        if (cache) {
            out.write(11, 4);
        }
        out.write(1, 1); // several groups,
        out.write(0, 3); // for each block of 4 by 4 pixels
        out.write(0, 1); // an image of blocks, without cache, whose pixels are all the number of the last group
        code(out, groups - 1 & 0xFF);
        code(out, groups - 1 >> 8);
        code(out, 0);
        code(out, 0);
        code(out, 0);
        for (int i = 0; i < 5 * groups; i++) {
            code(out, 0);
        }
        byte[] pixels = out.bytes();
        int padding = pixels.length % 2;
        return ByteBuffer.allocate(20 + pixels.length + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'R', 'I', 'F', 'F'})
                .putInt(12 + pixels.length + padding)
                .put(new byte[] {'W', 'E', 'B', 'P', 'V', 'P', '8', 'L'})
                .putInt(pixels.length)
                .put(pixels)
                .array();
    }

    /** A code of one symbol. */
    private static void code(BitOutput out, int symbol) {
        out.write(1, 2); // simple, one symbol
        boolean eight = symbol > 1;
        out.write(eight ? 1 : 0, 1);
        out.write(symbol, eight ? 8 : 1);
    }
}
