package ink.neural.bulk;

import ink.neural.bulk.Inputs.Found;
import ink.neural.problem.Problem;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Reads the pictures of a file, one after the other: of an archive, a file of JSON lines, a pair of IDX files, or the only
 * one. A name tells what a file is. A file that is damaged ends with a picture that cannot be read. If memory runs out, that
 * is a problem of one picture, or it ends the run: the rest of a file is never left out.
 *
 * @param maxFile the most bytes of an image file
 * @param characters the characters of the classes in IDX files
 * @param upright whether the pictures in IDX files are upright
 * @param progress is told how many bytes have been read since the last time
 */
record PictureReader(int maxFile, List<String> characters, boolean upright, LongConsumer progress) {
    private static final int BUFFER = 1 << 16;
    private static final Pattern COMPRESSED = Pattern.compile("(?is).*\\.t?gz");

    /** Gives the pictures of a file to a consumer. */
    void read(Found found, Consumer<Picture> pictures) {
        String source = SourceName.of(found.path());
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
            pictures.accept(Picture.damaged(source, e));
        }
    }

    /** Whether a file may have many pictures. */
    static boolean isContainer(String name) {
        return Zip.isZip(name)
                || Tar.isTar(name)
                || JsonLines.isJsonLines(name)
                || Idx.isImages(name)
                || Idx.isLabels(name)
                || Archive.isOfOtherKind(name);
    }

    private void read(Path file, String source, Consumer<Picture> pictures) throws IOException {
        if (!isContainer(source)) {
            pictures.accept(picture(file, source));
            progress.accept(Inputs.size(file));
        } else if (Idx.isLabels(source)) {
            requireImages(file, source, pictures);
        } else if (Files.size(file) == 0) {
            pictures.accept(Picture.unreadable(source, Problem.NO_IMAGE, "The file is empty."));
        } else {
            boolean[] hasPictures = {false};
            readContainer(file, source, picture -> {
                hasPictures[0] = true;
                pictures.accept(picture);
            });
            if (!hasPictures[0]) {
                pictures.accept(Picture.unreadable(source, Problem.NO_IMAGE, "There are no pictures in the file."));
            }
        }
    }

    private void readContainer(Path file, String source, Consumer<Picture> pictures) throws IOException {
        if (Zip.isZip(source)) {
            new Zip(new Archive(source, maxFile), progress).read(file, pictures);
        } else if (Idx.isImages(source)) {
            readIdx(file, source, pictures);
        } else if (Tar.isTar(source)) {
            try (InputStream in = open(file)) {
                new Tar(new Archive(source, maxFile)).read(in, pictures);
            }
        } else if (JsonLines.isJsonLines(source)) {
            try (InputStream in = open(file)) {
                new JsonLines(source, maxFile).read(in, pictures);
            }
        } else {
            pictures.accept(Picture.unreadable(
                    source,
                    Problem.NOT_AN_IMAGE,
                    "An archive or a compressed file of this kind cannot be read. Unpack it, or pack it as .zip or"
                            + " .tar.gz."));
        }
    }

    private void readIdx(Path images, String source, Consumer<Picture> pictures) throws IOException {
        Path labels = beside(images, Idx.labels(images.getFileName().toString()));
        Consumer<IOException> problems = e -> pictures.accept(Picture.damaged(SourceName.of(labels), e));
        try (InputStream in = open(images);
                InputStream labelled = openLabels(labels, problems)) {
            Optional<IdxLabels> known =
                    Optional.ofNullable(labelled).map(file -> new IdxLabels(file, characters, problems));
            new Idx(source, upright).read(in, known, pictures);
        }
    }

    /** The file beside another one that has the first of some names; the one that would have it if there is none. */
    private static Path beside(Path file, List<String> names) {
        return names.stream()
                .map(file::resolveSibling)
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> file.resolveSibling(names.get(0)));
    }

    /** Opens the labels; null if there are none. */
    private InputStream openLabels(Path labels, Consumer<IOException> problems) {
        try {
            return Files.exists(labels) ? open(labels) : null;
        } catch (IOException e) {
            problems.accept(e);
            return null;
        }
    }

    /** Labels are read with their pictures. */
    private static void requireImages(Path labels, String source, Consumer<Picture> pictures) {
        Path images = beside(labels, Idx.images(labels.getFileName().toString()));
        if (!Files.exists(images)) {
            pictures.accept(Picture.unreadable(
                    source,
                    Problem.NO_IMAGE,
                    "These are labels, but their pictures, %s, are missing.".formatted(SourceName.of(images))));
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
        return COMPRESSED.matcher(file.toString()).matches() ? decompressed(in) : in;
    }

    private static InputStream decompressed(InputStream in) throws IOException {
        try {
            return new Gzip(in, BUFFER);
        } catch (IOException e) {
            in.close();
            throw e;
        }
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
