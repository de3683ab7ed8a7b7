package ink.neural.http.filter;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the page, as it is and compressed.
 *
 * @param mediaType such as {@code text/css;charset=UTF-8}
 * @param isPacked whether the WAR has it only compressed
 * @param plain for every client
 * @param gzip for clients that accept it; the same as {@code plain} if compressing gains nothing
 */
record StaticFile(String mediaType, boolean isPacked, Representation plain, Representation gzip) {
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("css", "text/css;charset=UTF-8"),
            Map.entry("html", "text/html;charset=UTF-8"),
            Map.entry("js", "text/javascript;charset=UTF-8"),
            Map.entry("json", "application/json"),
            Map.entry("mjs", "text/javascript;charset=UTF-8"),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", "text/plain;charset=UTF-8"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("yaml", "application/yaml"));

    /** Types that are compressed in themselves. */
    private static final Set<String> COMPACT = Set.of("image/png", "font/woff2");

    /**
     * One form of a file.
     *
     * @param isGzip whether it is compressed
     * @param tag an entity tag, with its quotes
     * @param length in bytes
     * @param content opens the content
     */
    record Representation(boolean isGzip, String tag, long length, Content content) {}

    /** Where bytes come from. */
    interface Content {
        InputStream open() throws IOException;
    }

    /** A file that is kept in memory. It is compressed here, once. */
    static StaticFile of(String path, ServletContext context) throws IOException {
        try (InputStream file = context.getResourceAsStream(path)) {
            return of(mediaType(path), file.readAllBytes());
        }
    }

    private static StaticFile of(String mediaType, byte[] content) throws IOException {
        String hash = hash(content);
        Representation plain = inMemory(false, hash, content);
        byte[] compressed = compress(content);
        boolean isWorthIt = !COMPACT.contains(mediaType) && compressed.length < content.length;
        return new StaticFile(mediaType, false, plain, isWorthIt ? inMemory(true, hash, compressed) : plain);
    }

    /** A large file, which the WAR has only compressed. It is read anew for each client, and not kept in memory. */
    static StaticFile packed(String path, String packedPath, ServletContext context) throws IOException {
        Content packed = () -> context.getResourceAsStream(packedPath);
        byte[] gzip;
        try (InputStream file = packed.open()) {
            gzip = file.readAllBytes();
        }
        // The last four bytes of a gzip file are the length of its content (RFC 1952, section 2.3.1).
        int length = ByteBuffer.wrap(gzip).order(ByteOrder.LITTLE_ENDIAN).getInt(gzip.length - Integer.BYTES);
        String hash = hash(gzip);
        return new StaticFile(
                mediaType(path),
                true,
                new Representation(false, tag(false, hash), length, () -> new GZIPInputStream(packed.open())),
                new Representation(true, tag(true, hash), gzip.length, packed));
    }

    /**
     * The file as the page at some address sends it. HTML contains {@code {address}} in place of that address, because those
     * who make a preview of a link need absolute ones.
     */
    StaticFile at(String address) throws IOException {
        if (!mediaType.startsWith("text/html")) {
            return this;
        }
        String html = new String(plain.content.open().readAllBytes(), StandardCharsets.UTF_8);
        return of(mediaType, html.replace("{address}", address).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether clients get different forms. */
    boolean isNegotiated() {
        return plain != gzip;
    }

    private static Representation inMemory(boolean isGzip, String hash, byte[] content) {
        return new Representation(isGzip, tag(isGzip, hash), content.length, () -> new ByteArrayInputStream(content));
    }

    private static byte[] compress(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return compressed.toByteArray();
    }

    private static String mediaType(String path) {
        return MEDIA_TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static String tag(boolean isGzip, String hash) {
        return '"' + hash + (isGzip ? "-gzip" : "") + '"';
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) { // every Java platform has it
            throw new IllegalStateException(impossible);
        }
    }
}
