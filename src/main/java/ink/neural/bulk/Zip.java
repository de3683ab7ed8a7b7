package ink.neural.bulk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * A zip archive. The directory at its end tells where each entry is, so that a damaged one does not hide those after it. If
 * the directory is damaged itself, the entries are read one after the other, as far as that is possible.
 *
 * @param archive the archive
 * @param progress is told how many bytes have been read since the last time
 */
record Zip(Archive archive, LongConsumer progress) {
    private static final Pattern NAME = Pattern.compile("(?i).*\\.zip");
    private static final int SIGNATURE = 4;
    private static final int ENTRY = 0x04034b50;
    /** The end of the directory, of a large one, or the directory's digital signature. */
    private static final Set<Integer> AFTER_DIRECTORY = Set.of(0x06054b50, 0x06064b50, 0x05054b50);

    /** Methods of compression for which libraries would be needed that the program does not have. */
    private static final Set<ZipMethod> OF_OTHER_LIBRARIES =
            EnumSet.of(ZipMethod.ZSTD, ZipMethod.ZSTD_DEPRECATED, ZipMethod.XZ);

    static boolean isZip(String name) {
        return NAME.matcher(name).matches();
    }

    void read(Path file, Consumer<Picture> pictures) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ZipFile zip;
            try {
                zip = open(channel);
            } catch (IOException | RuntimeException e) {
                readWithoutDirectory(file, pictures);
                throw new IOException(
                        "its directory is missing or damaged, so it has been cut off or is no zip archive");
            }
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
            for (ZipArchiveEntry entry : entries) {
                if (Archive.isVisibleFile(entry)) {
                    pictures.accept(picture(zip, entry));
                }
                progress.accept(entry.getCompressedSize());
            }
            requireNothingBefore(entries, channel);
        }
    }

    /** Two archives that were joined have the directory of the second one. A program that unpacks itself is no archive. */
    private static void requireNothingBefore(List<ZipArchiveEntry> entries, SeekableByteChannel channel)
            throws IOException {
        boolean isFirst = entries.isEmpty() || entries.get(0).getLocalHeaderOffset() == 0;
        if (!isFirst && signature(channel, 0) == ENTRY) {
            throw new IOException("there is another archive before it, which has not been read");
        }
    }

    private static ZipFile open(SeekableByteChannel channel) throws IOException {
        ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(channel)
                .setUseUnicodeExtraFields(false) // they are read from the directory
                .setIgnoreLocalFileHeader(true) // one of them may be damaged
                .get();
        int next = signature(channel, channel.position() - SIGNATURE);
        if (!AFTER_DIRECTORY.contains(next)) { // it seems to end before its first damaged entry
            throw new IOException("the directory is damaged");
        }
        return zip;
    }

    /** What the part of the archive at a position is. */
    private static int signature(SeekableByteChannel channel, long position) throws IOException {
        ByteBuffer signature = ByteBuffer.allocate(SIGNATURE).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(position);
        while (signature.hasRemaining() && channel.read(signature) >= 0) {}
        return signature.getInt(0);
    }

    private Picture picture(ZipFile zip, ZipArchiveEntry entry) {
        String name = name(entry);
        try {
            return isReadable(entry, zip.canReadEntryData(entry))
                    ? picture(name, entry, zip.getInputStream(entry))
                    : archive.problem(name, refusal(entry));
        } catch (IOException | RuntimeException | OutOfMemoryError damaged) {
            return Picture.damaged(archive.source(name), damaged);
        }
    }

    private static boolean isReadable(ZipArchiveEntry entry, boolean isKnown) {
        return isKnown && !OF_OTHER_LIBRARIES.contains(ZipMethod.getMethodByCode(entry.getMethod()));
    }

    private static String refusal(ZipArchiveEntry entry) {
        return entry.getGeneralPurposeBit().usesEncryption()
                ? "The entry is encrypted. Unpack the archive with its password."
                : "The entry is compressed by a method that cannot be read (%s). Unpack the archive."
                        .formatted(method(entry.getMethod()));
    }

    private static Object method(int code) {
        return Objects.requireNonNullElse(ZipMethod.getMethodByCode(code), code);
    }

    private Picture picture(String name, ZipArchiveEntry entry, InputStream in) throws IOException {
        if (entry.isUnixSymlink()) {
            return archive.problem(name, "The entry is a link, and has no picture of its own.");
        }
        try (CheckedInputStream content = new CheckedInputStream(in, new CRC32())) {
            Picture picture = archive.picture(name, content);
            boolean isComplete = content.read() < 0;
            return isComplete && content.getChecksum().getValue() != entry.getCrc()
                    ? archive.problem(name, "The entry is damaged. Its checksum is wrong.")
                    : picture;
        }
    }

    private static String name(ZipArchiveEntry entry) {
        if (entry.getExtraField(UnicodePathExtraField.UPATH_ID) instanceof UnicodePathExtraField unicode) {
            return SourceName.of(unicode.getUnicodeName());
        }
        byte[] name = entry.getRawName();
        return SourceName.isText(name) ? SourceName.of(entry.getName()) : SourceName.of(name);
    }

    /** Gives the entries that can be found one after the other, up to the first damaged one. */
    private void readWithoutDirectory(Path file, Consumer<Picture> pictures) throws IOException {
        try (ZipArchiveInputStream zip =
                new ZipArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)), "UTF-8", true, true)) {
            for (ZipArchiveEntry entry = next(zip); entry != null; entry = next(zip)) {
                if (Archive.isVisibleFile(entry)) {
                    pictures.accept(picture(zip, entry));
                }
            }
        }
    }

    /** The next entry; null if none can be found. */
    private static ZipArchiveEntry next(ZipArchiveInputStream zip) {
        try {
            return zip.getNextEntry();
        } catch (IOException | RuntimeException | LinkageError end) {
            return null;
        }
    }

    private Picture picture(ZipArchiveInputStream zip, ZipArchiveEntry entry) {
        String name = name(entry);
        try {
            return isReadable(entry, zip.canReadEntryData(entry))
                    ? archive.picture(name, zip)
                    : archive.problem(name, refusal(entry));
        } catch (IOException | RuntimeException | OutOfMemoryError damaged) {
            return Picture.damaged(archive.source(name), damaged);
        }
    }
}
