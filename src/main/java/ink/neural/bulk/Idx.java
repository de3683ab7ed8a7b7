package ink.neural.bulk;

import ink.neural.drawing.Drawing;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of pictures in the IDX format, in which MNIST and EMNIST are published, and perhaps one of their labels. The pictures
 * are light ink on dark paper. EMNIST's are transposed.
 *
 * @param source path of the pictures
 * @param characters the characters of the classes
 * @param upright whether the pictures are not transposed
 */
record Idx(String source, List<String> characters, boolean upright) {
    private static final Pattern IMAGES = Pattern.compile("(.*)images([-.])idx3-ubyte(\\.gz)?");
    private static final Pattern LABELS = Pattern.compile("(.*)labels([-.])idx1-ubyte(\\.gz)?");
    private static final int MAGIC_OF_IMAGES = 0x00000803;
    private static final int MAGIC_OF_LABELS = 0x00000801;
    private static final int MAX_SIDE = 1024;

    static boolean isImages(String name) {
        return IMAGES.matcher(name).matches();
    }

    static boolean isLabels(String name) {
        return LABELS.matcher(name).matches();
    }

    /** The name of the file with the labels of a file of pictures. */
    static String labels(String images) {
        Matcher name = IMAGES.matcher(images);
        name.matches();
        return name.group(1) + "labels" + name.group(2) + "idx1-ubyte" + (name.group(3) == null ? "" : name.group(3));
    }

    void read(InputStream images, Optional<InputStream> labels, Consumer<Picture> pictures) throws IOException {
        DataInputStream image = new DataInputStream(images);
        Optional<DataInputStream> label = labels.map(DataInputStream::new);
        require(image.readInt() == MAGIC_OF_IMAGES, "this is not an IDX file of pictures");
        int count = image.readInt();
        int height = image.readInt();
        int width = image.readInt();
        require(isSide(width) && isSide(height), "pictures may be at most %d pixels wide or high".formatted(MAX_SIDE));
        if (label.isPresent()) {
            require(label.get().readInt() == MAGIC_OF_LABELS, "the other file of the pair is not one of labels");
            require(label.get().readInt() == count, "there are not as many labels as pictures");
        }
        for (int i = 1; i <= count; i++) {
            byte[] pixels = image.readNBytes(width * height);
            if (pixels.length < width * height) {
                throw new EOFException("the file ends after %d of %d pictures".formatted(i - 1, count));
            }
            Optional<String> character =
                    label.isPresent() ? character(label.get().readUnsignedByte()) : Optional.empty();
            Drawing drawing = drawing(width, height, pixels);
            pictures.accept(new Picture(
                    source + ":" + i, character, pixels.length, (predictor, decoder) -> predictor.see(drawing, 1)));
        }
    }

    private static boolean isSide(int side) {
        return side > 0 && side <= MAX_SIDE;
    }

    private Optional<String> character(int index) {
        return index < characters.size() ? Optional.of(characters.get(index)) : Optional.empty();
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

    private static void require(boolean condition, String message) throws IOException {
        if (!condition) {
            throw new IOException(message);
        }
    }
}
