package ink.neural.evaluation;

import ink.neural.glyph.Glyph;
import ink.neural.glyph.Orientation;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Labelled images in the IDX format, in which MNIST and EMNIST are published.
 *
 * @param size width and height of each image in pixels
 * @param pixels all images in the order of the file, each [row, column], from 0 (paper) to 255 (ink)
 * @param labels class of each image, from 0
 */
record IdxDataset(int size, byte[] pixels, byte[] labels) {
    static final int IMAGES = 0x00000803;
    private static final int LABELS = 0x00000801;

    /**
     * Reads a file of images and a file of labels. Files whose names end in {@code .gz} are decompressed.
     *
     * @throws IOException if a file cannot be read or is not an IDX file of the expected shape
     */
    static IdxDataset read(Path images, Path labels) throws IOException {
        try (DataInputStream image = open(images);
                DataInputStream label = open(labels)) {
            require(image.readInt() == IMAGES, images + " is not an IDX file of images");
            require(label.readInt() == LABELS, labels + " is not an IDX file of labels");
            int count = image.readInt();
            require(label.readInt() == count, "the numbers of images and labels differ");
            int size = image.readInt();
            require(image.readInt() == size, "the images are not square");
            IdxDataset dataset = new IdxDataset(size, new byte[count * size * size], new byte[count]);
            image.readFully(dataset.pixels);
            label.readFully(dataset.labels);
            return dataset;
        }
    }

    private static DataInputStream open(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path));
        return new DataInputStream(path.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in);
    }

    private static void require(boolean condition, String message) throws IOException {
        if (!condition) {
            throw new IOException(message);
        }
    }

    /** An image [row, column], from 0 (paper) to 1 (ink). */
    float[] image(int index) {
        float[] image = new float[size * size];
        for (int i = 0; i < image.length; i++) {
            image[i] = (pixels[index * image.length + i] & 0xFF) / 255f;
        }
        return image;
    }

    /**
     * An image as the glyph of a model.
     *
     * @param layout how the images of the dataset lie
     * @param orientation how the model's glyphs lie
     */
    Glyph glyph(int index, Orientation layout, Orientation orientation) {
        return new Glyph(size, orientation, orientation.apply(layout.apply(image(index), size), size));
    }

    int count() {
        return labels.length;
    }
}
