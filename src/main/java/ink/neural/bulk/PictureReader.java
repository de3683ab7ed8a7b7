package ink.neural.bulk;

import ink.neural.bulk.Inputs.Found;
import ink.neural.problem.Problem;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * Reads the pictures of a file, one after the other: of an archive, a file of JSON lines, a pair of IDX files, or the only
 * one. A name tells what a file is. A file that is damaged ends with a picture that cannot be read.
 *
 * @param maxFile the most bytes of an image file
 * @param characters the characters of the classes in IDX files
 * @param upright whether the pictures in IDX files are upright
 * @param progress is told how many bytes have been read since the last time
 */
record PictureReader(int maxFile, List<String> characters, boolean upright, LongConsumer progress) {
    private static final int BUFFER = 1 << 16;

    /** Gives the pictures of a file to a consumer. */
    void read(Found found, Consumer<Picture> pictures) {
        String source = source(found.path());
        if (!found.isReadable()) {
            pictures.accept(Picture.unreadable(source, Problem.NOT_AN_IMAGE, found.problem()));
            return;
        }
        try {
            read(found.path(), source, pictures);
        } catch (BulkException e) {
            throw e;
        } catch (IOException
                | RuntimeException e) { // the libraries also throw unchecked exceptions for damaged archives
            pictures.accept(Picture.unreadable(
                    source, Problem.NOT_AN_IMAGE, "The file is damaged or cannot be read to its end: " + e));
        }
    }

    private void read(Path file, String source, Consumer<Picture> pictures) throws IOException {
        if (Archive.isArchive(source)) {
            try (InputStream in = open(file)) {
                new Archive(source, maxFile).read(in, pictures);
            }
        } else if (JsonLines.isJsonLines(source)) {
            try (InputStream in = open(file)) {
                new JsonLines(source, maxFile).read(in, pictures);
            }
        } else if (Idx.isImages(source)) {
            readIdx(file, source, pictures);
        } else if (!Idx.isLabels(source)) {
            pictures.accept(picture(file, source));
            progress.accept(Files.size(file));
        }
    }

    private void readIdx(Path images, String source, Consumer<Picture> pictures) throws IOException {
        Path labels = images.resolveSibling(Idx.labels(images.getFileName().toString()));
        Idx idx = new Idx(source, characters, upright);
        try (InputStream in = open(images)) {
            if (Files.exists(labels)) {
                try (InputStream labelled = open(labels)) {
                    idx.read(in, Optional.of(labelled), pictures);
                }
            } else {
                idx.read(in, Optional.empty(), pictures);
            }
        }
    }

    /** The file is read when its turn comes, on another thread. */
    private Picture picture(Path file, String source) {
        return new Picture(source, Optional.empty(), 0, (predictor, decoder) -> {
            try (InputStream in = Files.newInputStream(file)) {
                return Picture.see(TooLargeException.readAtMost(in, maxFile), predictor, decoder);
            }
        });
    }

    /** Opens a file, which is decompressed if its name ends in gz. */
    private InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(new Counted(Files.newInputStream(file), progress), BUFFER);
        String name = file.toString();
        return name.endsWith(".gz") || name.endsWith(".tgz") ? new GZIPInputStream(in, BUFFER) : in;
    }

    private static String source(Path file) {
        return file.toString().replace(File.separatorChar, '/');
    }

    /** A stream that tells how much has been read of it. */
    private static final class Counted extends FilterInputStream {
        private final LongConsumer progress;

        Counted(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            progress.accept(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            progress.accept(Math.max(0, count));
            return count;
        }
    }
}
