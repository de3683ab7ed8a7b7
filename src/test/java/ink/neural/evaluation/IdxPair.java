package ink.neural.evaluation;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Images and their labels in the IDX format of MNIST and EMNIST.
 *
 * @param size side of each square image in pixels
 * @param pixels the images one after the other, row by row as in the file, 0 to 255, ink is 255
 * @param labels the class of each image
 */
record IdxPair(int size, byte[] pixels, byte[] labels) {
    private static final int IMAGES = 0x00000803;
    private static final int LABELS = 0x00000801;

    /**
     * Reads a pair of files, packed with gzip or not.
     *
     * @throws IOException if they cannot be read or do not fit together
     */
    static IdxPair read(Path images, Path labels) throws IOException {
        try (DataInputStream image = open(images);
                DataInputStream label = open(labels)) {
            require(image.readInt() == IMAGES, images + " is not an IDX file of images");
            require(label.readInt() == LABELS, labels + " is not an IDX file of labels");
            int count = image.readInt();
            require(label.readInt() == count, "there are not as many labels as images");
            int size = image.readInt();
            require(image.readInt() == size, "the images are not square");
            IdxPair pair = new IdxPair(size, new byte[count * size * size], new byte[count]);
            image.readFully(pair.pixels);
            label.readFully(pair.labels);
            return pair;
        }
    }

    private static DataInputStream open(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path));
        return new DataInputStream(path.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in);
    }

    private static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }

    /** An image as values in [0, 1], row by row as in the file. */
    float[] image(int index) {
        float[] image = new float[size * size];
        for (int i = 0; i < image.length; i++) {
            image[i] = (pixels[index * image.length + i] & 0xFF) / 255f;
        }
        return image;
    }

    int count() {
        return labels.length;
    }
}
