package ink.neural.bulk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tar archive, read as a stream. Nothing after a damaged place can be found.
 *
 * @param archive the archive
 */
record Tar(Archive archive) {
    private static final Pattern NAME = Pattern.compile("(?i).*\\.(tar|tar\\.gz|tgz)");
    private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;
    /** The most bytes before the content of an entry. Only long names could take more. */
    private static final int MAX_HEADER = 1 << 20;

    static boolean isTar(String name) {
        return NAME.matcher(name).matches();
    }

    void read(InputStream in, Consumer<Picture> pictures) throws IOException {
        LimitedHeader limited = new LimitedHeader(in);
        TarArchiveInputStream tar = stream(limited);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (!entry.isCheckSumOK()) {
                throw new IOException("it is no tar archive, or the checksum of an entry's header is wrong");
            }
            limited.left = Long.MAX_VALUE;
            if (Archive.isVisibleFile(entry)) {
                read(entry, tar, pictures);
            }
            while (tar.skip(Long.MAX_VALUE) > 0) {} // and not read, as a sparse file may be endless
            limited.left = MAX_HEADER;
        }
        requireNothing(in);
    }

    private static TarArchiveInputStream stream(InputStream in) {
        return new TarArchiveInputStream(in, RECORD, RECORD, StandardCharsets.ISO_8859_1.name()) {
            @Override
            protected byte[] readRecord() throws IOException {
                byte[] record = super.readRecord();
                if (record == null && !isAtEOF()) {
                    throw new IOException("it has been cut off, as it has no end mark");
                }
                return record;
            }
        };
    }

    private void read(TarArchiveEntry entry, InputStream content, Consumer<Picture> pictures) throws IOException {
        String name = text(entry.getName());
        if (entry.isLink() || entry.isSymbolicLink()) {
            pictures.accept(archive.problem(
                    name,
                    "The entry is a link to %s, and has no picture of its own.".formatted(text(entry.getLinkName()))));
        } else if (!isFile(entry)) {
            pictures.accept(archive.problem(name, "The entry is neither a file nor a folder."));
        } else {
            try {
                pictures.accept(archive.picture(name, content));
            } catch (IOException damaged) {
                pictures.accept(Picture.damaged(archive.source(name), damaged));
                throw damaged;
            }
        }
    }

    /** Each character of a name is a byte, but in an extended header, which has Unicode. */
    private static String text(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        boolean isBytes = name.equals(new String(bytes, StandardCharsets.ISO_8859_1)) && SourceName.isText(bytes);
        return isBytes ? SourceName.of(bytes) : SourceName.of(name);
    }

    private static boolean isFile(TarArchiveEntry entry) {
        byte type = entry.getLinkFlag();
        return type == TarConstants.LF_NORMAL
                || type == TarConstants.LF_OLDNORM
                || type == TarConstants.LF_CONTIG
                || entry.isSparse();
    }

    /** Only zeros may follow the end mark. Another archive may have been appended. */
    private static void requireNothing(InputStream in) throws IOException {
        byte[] buffer = new byte[RECORD];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            for (int i = 0; i < count; i++) {
                if (buffer[i] != 0) {
                    throw new IOException("there is something after its end mark, which has not been read");
                }
            }
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
