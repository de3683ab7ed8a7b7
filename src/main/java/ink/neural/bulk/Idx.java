package ink.neural.bulk;

import ink.neural.drawing.Drawing;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of pictures in the IDX format, in which MNIST and EMNIST are published. The pictures are light ink on dark paper.
 * EMNIST's are transposed.
 *
 * @param source path of the pictures
 * @param upright whether the pictures are not transposed
 */
record Idx(String source, boolean upright) {
    private static final Pattern IMAGES = Pattern.compile("(?i)(.*)(images)([-.]idx)3(-ubyte)(\\.gz)?");
    private static final Pattern LABELS = Pattern.compile("(?i)(.*)(labels)([-.]idx)1(-ubyte)(\\.gz)?");
    private static final int MAGIC_OF_IMAGES = 0x00000803;
    private static final int MAX_SIDE = 1024;

    static boolean isImages(String name) {
        return IMAGES.matcher(name).matches();
    }

    static boolean isLabels(String name) {
        return LABELS.matcher(name).matches();
    }

    /** The names that the file with the labels of a file of pictures may have. */
    static List<String> labels(String images) {
        return partners(IMAGES.matcher(images), "labels", 1);
    }

    /** The names that the file with the pictures of a file of labels may have. */
    static List<String> images(String labels) {
        return partners(LABELS.matcher(labels), "images", 3);
    }

    /** The name of a file that is compressed as its partner is, and of one that is not. */
    private static List<String> partners(Matcher name, String content, int dimensions) {
        name.matches();
        boolean isUpper = name.group(2).equals(name.group(2).toUpperCase(Locale.ROOT));
        String partner = name.group(1)
                + (isUpper ? content.toUpperCase(Locale.ROOT) : content)
                + name.group(3)
                + dimensions
                + name.group(4);
        String suffix = name.group(5);
        return suffix == null ? List.of(partner, partner + ".gz", partner + ".GZ") : List.of(partner + suffix, partner);
    }

    void read(InputStream images, Optional<IdxLabels> labels, Consumer<Picture> pictures) throws IOException {
        DataInputStream image = new DataInputStream(images);
        require(image.readInt() == MAGIC_OF_IMAGES, "it is no IDX file of pictures");
        long count = Integer.toUnsignedLong(image.readInt());
        int height = image.readInt();
        int width = image.readInt();
        require(
                isSide(width) && isSide(height),
                "its pictures are not 1 to %d pixels wide and high".formatted(MAX_SIDE));
        labels.ifPresent(file -> file.start(count));
        for (long i = 1; i <= count; i++) {
            byte[] pixels = image.readNBytes(width * height);
            require(pixels.length == width * height, "it ends after %d of %d pictures".formatted(i - 1, count));
            Drawing drawing = drawing(width, height, pixels);
            pictures.accept(new Picture(
                    source + ":" + i,
                    labels.flatMap(IdxLabels::next),
                    pixels.length,
                    (predictor, decoder) -> predictor.see(drawing, 1)));
        }
        labels.ifPresent(IdxLabels::end);
        require(image.read() < 0, "it has more than the %d pictures that it promises".formatted(count));
    }

    private static boolean isSide(int side) {
        return side > 0 && side <= MAX_SIDE;
    }

    /** The picture upright, dark on light. */
    private Drawing drawing(int width, int height, byte[] pixels) {
        byte[] greys = new byte[pixels.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                greys[upright ? y * width + x : x * height + y] = (byte) ~pixels[y * width + x];
            }
        }
        return upright ? new Drawing(width, height, greys) : new Drawing(height, width, greys);
    }

    static void require(boolean condition, String message) throws IOException {
        if (!condition) {
            throw new IOException(message);
        }
    }
}
