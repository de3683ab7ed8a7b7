package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zip and tar archives of real drawings, whole and damaged. */
class ArchiveTest {
    private static final byte[] R = Golden.named("upper-r").png();
    private static final int RECORD = 512;
    private static final int UNIX_LINK = 0120777;
    /** Positions in the header of an entry in a zip archive's directory. */
    private static final int FLAGS = 8;

    private static final int METHOD = 10;
    private static final int CHECKSUM = 16;
    private static final int OFFSET = 42;

    @TempDir
    Path folder;

    private Path in;

    @BeforeEach
    void createFolder() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            for (String name : names) {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setUnixMode(name.startsWith("link") ? UNIX_LINK : 0100644);
                zip.putArchiveEntry(entry);
                zip.write(R);
                zip.closeArchiveEntry();
            }
        }
        return file.toByteArray();
    }

    /** A zip archive of the entries a, b and c, of which b has another number in the directory. */
    private static byte[] zipWith(int position, int value) throws IOException {
        byte[] zip = zip("a", "b", "c");
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(headerOf(zip, "b") + position, (short) value);
        return zip;
    }

    /** Where the header of an entry is in the directory. */
    private static int headerOf(byte[] zip, String name) {
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf("PK\1\2"); ; at = text.indexOf("PK\1\2", at + 1)) {
            if (text.startsWith(name, at + 46)) {
                return at;
            }
        }
    }

    private static int startOf(byte[] zip, String name) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(headerOf(zip, name) + OFFSET);
    }

    private static byte[] tar(TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(file, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (TarArchiveEntry entry : entries) {
                entry.setSize(entry.isFile() && entry.getLinkName().isEmpty() ? R.length : 0);
                tar.putArchiveEntry(entry);
                if (entry.getSize() > 0) {
                    tar.write(R);
                }
                tar.closeArchiveEntry();
            }
        }
        return file.toByteArray();
    }

    private static byte[] tar(String... names) throws IOException {
        return tar(Stream.of(names).map(TarArchiveEntry::new).toArray(TarArchiveEntry[]::new));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
            gzip.write(content);
        }
        return file.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private List<String> read(String name, byte[] content) throws IOException {
        Files.write(in.resolve(name), content);
        return Bulks.read(in);
    }

    /** The second of two entries begins here. */
    private static int second() {
        return RECORD + (R.length + RECORD - 1) / RECORD * RECORD;
    }

    @Test
    void anEntryThatCannotBeReadDoesNotHideThoseAfterIt() throws IOException {
        Files.write(in.resolve("1.zip"), zipWith(FLAGS, 1));
        Files.write(in.resolve("2.zip"), zipWith(METHOD, ZipMethod.LZMA.getCode()));
        Files.write(in.resolve("3.zip"), zipWith(METHOD, ZipMethod.XZ.getCode())); // needs a library
        Files.write(in.resolve("4.zip"), zipWith(METHOD, 12345));
        Files.write(in.resolve("5.zip"), zipWith(CHECKSUM, 1));
        byte[] damaged = zip("a", "b", "c");
        Arrays.fill(damaged, startOf(damaged, "b") + 60, startOf(damaged, "b") + 160, (byte) 0x55);
        Files.write(in.resolve("6.zip"), damaged);
        Arrays.fill(damaged, startOf(damaged, "b"), startOf(damaged, "b") + 30, (byte) 0xff);
        Files.write(in.resolve("7.zip"), damaged);
        assertEquals(
                Stream.of(1, 2, 3, 4, 5, 6, 7)
                        .flatMap(i -> Stream.of("a R", "b not-an-image", "c R").map(line -> i + ".zip!/" + line))
                        .toList(),
                Bulks.read(in));
        List<String> details = Bulks.details(in);
        assertTrue(details.get(0).contains("encrypted"), details.get(0));
        assertTrue(details.get(1).contains("LZMA"), details.get(1));
        assertTrue(details.get(3).contains("12345"), details.get(3));
        assertTrue(details.get(4).contains("checksum"), details.get(4));
    }

    @Test
    void aZipThatIsCutOffIsReadAsFarAsPossible() throws IOException {
        byte[] zip = zip("a", "b");
        assertEquals(List.of("x.zip!/a R", "x.zip not-an-image"), read("x.zip", Arrays.copyOf(zip, startOf(zip, "b"))));
        assertEquals(
                List.of("x.zip!/a R", "x.zip!/b not-an-image", "x.zip not-an-image"),
                read("x.zip", Arrays.copyOf(zip, startOf(zip, "b") + 200)));
        assertEquals(
                List.of("x.zip!/a R", "x.zip!/b R", "x.zip not-an-image"),
                read("x.zip", Arrays.copyOf(zip, headerOf(zip, "b"))));
        byte[] unknown = Arrays.copyOf(zip, headerOf(zip, "b"));
        unknown[startOf(zip, "b") + 8] = (byte) ZipMethod.ZSTD.getCode();
        assertEquals(List.of("x.zip!/a R", "x.zip!/b not-an-image", "x.zip not-an-image"), read("x.zip", unknown));
        zip[headerOf(zip, "b")] = 0;
        assertEquals(List.of("x.zip!/a R", "x.zip!/b R", "x.zip not-an-image"), read("x.zip", zip));
    }

    @Test
    void aZipMayHaveSomethingBeforeOrAfterIt() throws IOException {
        assertEquals(List.of("x.zip!/a R"), read("x.zip", concat("#!/bin/sh\n".getBytes(), zip("a"))));
        assertEquals(List.of("x.zip!/a R"), read("x.zip", concat(zip("a"), "a comment".getBytes())));
        assertEquals(List.of("x.zip!/b R", "x.zip not-an-image"), read("x.zip", concat(zip("a"), zip("b"))));
    }

    @Test
    void aTarThatIsCutOffOrDamagedIsReadAsFarAsPossible() throws IOException {
        byte[] tar = tar("a", "b");
        List<String> onlyFirst = List.of("x.tar!/a R", "x.tar not-an-image");
        assertEquals(onlyFirst, read("x.tar", Arrays.copyOf(tar, second())), "between entries");
        assertEquals(onlyFirst, read("x.tar", Arrays.copyOf(tar, second() + 100)), "in a header");
        assertEquals(
                List.of("x.tar!/a R", "x.tar!/b not-an-image", "x.tar not-an-image"),
                read("x.tar", Arrays.copyOf(tar, second() + RECORD + 100)),
                "in an entry");
        assertEquals(
                List.of("x.tar!/a R", "x.tar!/b R", "x.tar not-an-image"),
                read("x.tar", Arrays.copyOf(tar, 2 * second())),
                "before the end mark");
        assertEquals(
                List.of("x.tar!/a R", "x.tar!/b R", "x.tar not-an-image"),
                read("x.tar", concat(tar, tar("c"))),
                "another one is appended");
        tar[second() + 148] ^= 1;
        assertEquals(onlyFirst, read("x.tar", tar), "checksum of a header");
    }

    @Test
    void aTarMayEndWithOneEmptyRecord() throws IOException {
        assertEquals(List.of("x.tar!/a R"), read("x.tar", Arrays.copyOf(tar("a"), second() + RECORD)));
    }

    @Test
    void compressedDataIsReadUpToTheDamage() throws IOException {
        byte[] gzip = gzip(tar("a"));
        List<String> withProblem = List.of("x.tgz!/a R", "x.tgz not-an-image");
        assertEquals(withProblem, read("x.tgz", Arrays.copyOf(gzip, gzip.length - 3)), "cut off");
        assertEquals(withProblem, read("x.tgz", concat(gzip, "something else".getBytes())), "something after it");
        gzip[gzip.length - 8] ^= 1;
        assertEquals(withProblem, read("x.tgz", gzip), "checksum");
    }

    @Test
    void gzipFilesMayBeJoined() throws IOException {
        byte[] tar = tar("a", "b");
        byte[] joined = concat(gzip(Arrays.copyOf(tar, 700)), gzip(Arrays.copyOfRange(tar, 700, tar.length)));
        assertEquals(List.of("x.tar.gz!/a R", "x.tar.gz!/b R"), read("x.tar.gz", joined));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.tar", "x.tar.gz", "x.tgz"})
    void aFileThatIsNoArchiveIsOneLine(String name) throws IOException {
        assertEquals(List.of(name + " no-image"), read(name, new byte[0]));
        assertEquals(
                List.of(name + " not-an-image"),
                read(name, "This is a text.\n".repeat(100).getBytes()));
        assertEquals(List.of(name + " not-an-image"), read(name, "?".getBytes()));
    }

    @Test
    void suffixesMayHaveCapitals() throws IOException {
        Files.write(in.resolve("1.ZIP"), zip("a"));
        Files.write(in.resolve("2.Tar"), tar("a"));
        Files.write(in.resolve("3.TAR.GZ"), gzip(tar("a")));
        Files.write(in.resolve("4.TGZ"), gzip(tar("a")));
        assertEquals(List.of("1.ZIP!/a R", "2.Tar!/a R", "3.TAR.GZ!/a R", "4.TGZ!/a R"), Bulks.read(in));
    }

    @Test
    void whatIsNoFileInAnArchiveIsALine() throws IOException {
        TarArchiveEntry hardLink = new TarArchiveEntry("hard", TarConstants.LF_LINK);
        hardLink.setLinkName("a");
        TarArchiveEntry link = new TarArchiveEntry("soft", TarConstants.LF_SYMLINK);
        link.setLinkName("a");
        TarArchiveEntry pipe = new TarArchiveEntry("pipe", TarConstants.LF_FIFO);
        pipe.setLinkName("none");
        Files.write(
                in.resolve("1.tar"), tar(new TarArchiveEntry("a"), hardLink, link, pipe, new TarArchiveEntry("d/")));
        Files.write(in.resolve("2.zip"), zip("link", "a"));
        assertEquals(
                List.of(
                        "1.tar!/a R",
                        "1.tar!/hard not-an-image",
                        "1.tar!/soft not-an-image",
                        "1.tar!/pipe not-an-image",
                        "2.zip!/link not-an-image",
                        "2.zip!/a R"),
                Bulks.read(in));
        assertTrue(Bulks.details(in).get(0).contains("a link to a"), "it says where the link leads");
    }

    @Test
    void archivesInArchivesAreNotOpened() throws IOException {
        assertEquals(
                List.of("x.zip!/b.zip not-an-image", "x.zip!/c.JSONL not-an-image", "x.zip!/d R"),
                read("x.zip", zip("b.zip", "c.JSONL", "d")));
        assertTrue(Bulks.details(in).get(0).contains("not opened"), "it says so");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.tar.bz2", "x.tar.xz", "x.7z", "x.RAR", "x.png.gz"})
    void archivesOfOtherKindsAreALine(String name) throws IOException {
        assertEquals(List.of(name + " not-an-image"), read(name, gzip(R)));
        assertTrue(Bulks.details(in).get(0).contains("of this kind"), "it says that the kind is not supported");
    }

    @Test
    void namesOfEntriesStayDifferent() throws IOException {
        byte[] zip = new String(zip("aXb", "aYb", "line\nbreak"), StandardCharsets.ISO_8859_1)
                .replace("aXb", "a\u00e9b")
                .replace("aYb", "a\u00e8b")
                .getBytes(StandardCharsets.ISO_8859_1); // no UTF-8
        Files.write(in.resolve("1.zip"), zip);
        Files.write(in.resolve("2.tar"), tar("\u00e9", "\u00e9".repeat(90)));
        assertEquals(
                List.of(
                        "1.zip!/a\\xE9b R",
                        "1.zip!/a\\xE8b R",
                        "1.zip!/line\\x0Abreak R",
                        "2.tar!/\u00e9 R",
                        "2.tar!/" + "\u00e9".repeat(90) + " R"),
                Bulks.read(in));
    }
}
