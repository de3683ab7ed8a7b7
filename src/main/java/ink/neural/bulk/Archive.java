package ink.neural.bulk;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * A zip or tar archive, read as a stream. Nothing is written to disk, so the names of entries cannot lead anywhere. An entry
 * is in memory only if it is no larger than an image file may be.
 *
 * @param source the archive's path
 * @param maxFile the most bytes of an image file
 */
record Archive(String source, int maxFile) {
    /** The most bytes before the data of an entry. Only the long names of a tar archive could take more. */
    private static final int MAX_HEADER = 1 << 20;

    static boolean isArchive(String name) {
        return Stream.of(".zip", ".tar", ".tar.gz", ".tgz").anyMatch(name::endsWith);
    }

    void read(InputStream in, Consumer<Picture> pictures) throws IOException {
        if (source.endsWith(".zip")) {
            readZip(new ZipArchiveInputStream(in, "UTF-8", true, true), pictures);
        } else {
            readTar(in, pictures);
        }
    }

    private void readZip(ZipArchiveInputStream zip, Consumer<Picture> pictures) throws IOException {
        for (ArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            read(zip, entry, pictures);
        }
    }

    private void readTar(InputStream in, Consumer<Picture> pictures) throws IOException {
        LimitedHeader limited = new LimitedHeader(in);
        TarArchiveInputStream tar = new TarArchiveInputStream(limited);
        for (ArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            limited.left = Long.MAX_VALUE;
            read(tar, entry, pictures);
            tar.transferTo(OutputStream.nullOutputStream());
            limited.left = MAX_HEADER;
        }
    }

    private void read(ArchiveInputStream<?> archive, ArchiveEntry entry, Consumer<Picture> pictures)
            throws IOException {
        if (!entry.isDirectory() && Stream.of(entry.getName().split("/")).noneMatch(Inputs::isHidden)) {
            pictures.accept(picture(archive, entry));
        }
    }

    private Picture picture(ArchiveInputStream<?> archive, ArchiveEntry entry) throws IOException {
        String name =
                source + "!/" + entry.getName().replaceFirst("^(\\./)+", ""); // tar writes them for its own folder
        if (!archive.canReadEntryData(entry)) {
            return Picture.unreadable(
                    name,
                    Problem.NOT_AN_IMAGE,
                    "The entry is encrypted, or compressed by a method that cannot be read.");
        }
        try {
            return Picture.of(name, TooLargeException.readAtMost(archive, maxFile));
        } catch (ProblemException tooLarge) {
            return Picture.unreadable(name, tooLarge.problem(), tooLarge.getMessage());
        }
    }

    /** Ends an archive whose headers would fill the memory. */
    private static final class LimitedHeader extends FilterInputStream {
        private long left = MAX_HEADER;

        LimitedHeader(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            return count(count, count);
        }

        private int count(int result, int count) throws IOException {
            left -= count;
            if (left < 0) {
                throw new IOException("the header of an entry is too long");
            }
            return result;
        }
    }
}
