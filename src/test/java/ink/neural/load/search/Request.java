package ink.neural.load.search;

import ink.neural.drawing.DrawingDecoder;
import ink.neural.drawing.InvalidImageException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/**
 * A request as it is sent.
 *
 * @param path path and query
 * @param mediaType its Content-Type
 * @param headers further lines of the header
 * @param body the body
 * @param httpChunk bytes in a chunk of the transfer coding, or 0 for none
 * @param chunkExtension what follows the size of each chunk
 * @param images pictures in the body
 * @param weight weighted pixels of all pictures that can be parsed
 */
record Request(
        String path,
        String mediaType,
        String headers,
        byte[] body,
        int httpChunk,
        String chunkExtension,
        int images,
        long weight) {
    private static final int MAX_BODY = 12 << 20;
    private static final int MAX_CHUNKS = 1 << 19;
    private static final String BOUNDARY = "boundary";
    private static final DrawingDecoder DECODER = new DrawingDecoder(16_384, 1 << 24);

    /** Makes the request of a recipe. */
    static Request of(Recipe recipe) {
        byte[] file = damage(recipe, file(recipe));
        boolean raw = recipe.is(Gene.BODY, "raw") || recipe.is(Gene.BODY, "multipart");
        boolean batch = recipe.is(Gene.BODY, "batch");
        int images = batch ? recipe.number(Gene.IMAGES) : 1;
        byte[] body = raw ? rawBody(recipe, file) : json(recipe, file, images);
        int chunk = recipe.number(Gene.HTTP_CHUNK);
        return new Request(
                (batch ? "/predict/batch" : "/predict") + (raw ? query(recipe) : ""),
                mediaType(recipe),
                "X-Filler: 0123456789abcdef\r\n".repeat(recipe.number(Gene.HEADERS)),
                body,
                chunk == 0 ? 0 : Math.max(chunk, body.length / MAX_CHUNKS),
                switch (recipe.text(Gene.CHUNK_EXTENSION)) {
                    case "short" -> ";a=b";
                    case "long" -> ";" + "a".repeat(200);
                    default -> "";
                },
                images,
                images * weight(file));
    }

    static byte[] file(Recipe recipe) {
        if (recipe.is(Gene.FORMAT, "none")) {
            return new byte[recipe.number(Gene.PADDING_BYTES)];
        }
        Content content = Content.of(recipe);
        return switch (recipe.text(Gene.FORMAT)) {
            case "png" -> PngPictures.encode(recipe, content);
            case "jpeg" -> OtherPictures.jpeg(recipe, content);
            case "gif" -> OtherPictures.gif(recipe, content);
            case "tiff" -> OtherPictures.tiff(recipe, content);
            case "bmp" -> OtherPictures.bmp(recipe, content);
            default -> OtherPictures.webp(recipe, content);
        };
    }

    private static long weight(byte[] file) {
        try {
            return DECODER.parse(file).weight();
        } catch (InvalidImageException e) {
            return 0;
        }
    }

    private static byte[] damage(Recipe recipe, byte[] file) {
        int at = (int) Math.min(file.length - 1, (long) file.length * recipe.number(Gene.DAMAGED_AT) / 100);
        if (recipe.is(Gene.DAMAGE, "truncate")) {
            return java.util.Arrays.copyOf(file, at);
        }
        if (recipe.is(Gene.DAMAGE, "flip")) {
            file[at] ^= (byte) 0x55;
        }
        return file;
    }

    private static String mediaType(Recipe recipe) {
        String format = recipe.text(Gene.FORMAT);
        return switch (recipe.text(Gene.BODY)) {
            case "raw" -> "image/" + (format.equals("none") ? "png" : format);
            case "multipart" -> "multipart/form-data; boundary=" + BOUNDARY;
            case "form" -> "application/x-www-form-urlencoded";
            case "text" -> "text/plain";
            default -> "application/json";
        };
    }

    private static byte[] rawBody(Recipe recipe, byte[] file) {
        if (recipe.is(Gene.BODY, "raw")) {
            return file;
        }
        String start = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n"
                + "Content-Type: application/octet-stream\r\n"
                + "X-Filler: a\r\n".repeat(recipe.number(Gene.HEADERS))
                + "\r\n";
        return PngPictures.concat(ascii(start), file, ascii("\r\n--" + BOUNDARY + "--\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String query(Recipe recipe) {
        return switch (recipe.text(Gene.QUERY)) {
            case "options" -> "?top=62&glyph=true&ink=true&legibility=true";
            case "long" -> "?charset=" + "abc".repeat(1000);
            case "many" -> "?a=b" + "&a=b".repeat(1000);
            default -> "";
        };
    }

    private static byte[] json(Recipe recipe, byte[] file, int images) {
        String filler = filler(recipe.text(Gene.JSON), recipe.number(Gene.JSON_BYTES));
        String image = "\"" + base64(recipe, file) + "\"";
        int count = Math.min(images, Math.max(1, MAX_BODY / (image.length() + 1)));
        String drawings = recipe.is(Gene.BODY, "batch")
                ? "\"images\":[" + image + ("," + image).repeat(count - 1) + "]"
                : "\"image\":" + image;
        String members = drawings + options(recipe);
        String json =
                switch (filler.isEmpty() ? "before" : recipe.text(Gene.JSON_AT)) {
                    case "before" -> "{" + filler + (filler.isBlank() ? "" : ",") + members + "}";
                    case "after" -> "{" + members + (filler.isBlank() ? "" : ",") + filler + "}";
                    default -> "{" + filler + "}";
                };
        return encoded(recipe, json);
    }

    private static byte[] encoded(Recipe recipe, String json) {
        Charset charset =
                switch (recipe.text(Gene.CHARSET)) {
                    case "utf-16be" -> StandardCharsets.UTF_16BE;
                    case "utf-16le" -> StandardCharsets.UTF_16LE;
                    default -> StandardCharsets.UTF_8;
                };
        return (recipe.is(Gene.CHARSET, "bom") ? "\uFEFF" + json : json).getBytes(charset);
    }

    private static String base64(Recipe recipe, byte[] file) {
        String prefix = recipe.is(Gene.BASE64, "bare") ? "" : "data:image/png;base64,";
        String plain = Base64.getEncoder().encodeToString(file);
        return prefix
                + switch (recipe.text(Gene.BASE64)) {
                    case "wrapped" -> plain.replaceAll("(.{76})", "$1\\\\r\\\\n");
                    case "tiny-lines" -> plain.replaceAll("(.)", "$1\\\\n");
                    case "url-safe" -> Base64.getUrlEncoder().withoutPadding().encodeToString(file);
                    case "escaped" -> plain.replaceAll("(.)", "\\\\u0041");
                    case "percent" -> plain.replaceAll("(.)", "%41");
                    case "bad-end" -> plain + "!";
                    default -> plain;
                };
    }

    private static String options(Recipe recipe) {
        return switch (recipe.text(Gene.OPTIONS)) {
            case "all" -> ",\"top\":62,\"glyph\":true,\"ink\":true,\"legibility\":true";
            case "top" -> ",\"top\":1e0";
            case "long-charset" -> ",\"charset\":\"" + "xyz".repeat(recipe.number(Gene.JSON_BYTES) / 3) + "\"";
            case "wrong-charset" -> ",\"charset\":\"Digits\"";
            case "many" -> ",\"top\":1,\"top\":2";
            case "unknown" -> ",\"unknown\":1";
            default -> "";
        };
    }

    /** Members of a JSON object of about a length. */
    private static String filler(String kind, int length) {
        return switch (kind) {
            case "string" -> "\"a\":\"" + "x".repeat(length) + "\"";
            case "escapes" -> "\"a\":\"" + "\\u0041".repeat(length / 6) + "\"";
            case "surrogates" -> "\"a\":\"" + "\\ud83d\\ude00".repeat(length / 12) + "\"";
            case "numbers" -> "\"a\":[1" + ",1".repeat(length / 2) + "]";
            case "digits" -> "\"a\":" + "1".repeat(length);
            case "nested" -> "\"a\":" + "[".repeat(length / 2) + "]".repeat(length / 2);
            case "objects" -> "\"a\":[{}" + ",{}".repeat(length / 3) + "]";
            case "names" -> names(length);
            case "spaces" -> " ".repeat(length);
            case "nulls" -> "\"a\":[null" + ",null".repeat(length / 5) + "]";
            case "duplicates" -> "\"a\":1" + ",\"a\":1".repeat(length / 6);
            default -> "";
        };
    }

    private static String names(int length) {
        Random random = new Random(3);
        StringBuilder names = new StringBuilder("\"a\":1");
        while (names.length() < length) {
            names.append(",\"").append(Integer.toString(random.nextInt(), 36)).append("\":1");
        }
        return names.toString();
    }

    /** The bytes that go over the connection, which the server closes after its answer. */
    byte[] bytes() {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + mediaType
                + "\r\n" + headers;
        if (httpChunk == 0) {
            return PngPictures.concat(ascii(head + "Content-Length: " + body.length + "\r\n\r\n"), body);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii(head + "Transfer-Encoding: chunked\r\n\r\n"));
        for (int at = 0; at < body.length; at += httpChunk) {
            int length = Math.min(httpChunk, body.length - at);
            out.writeBytes(ascii(Integer.toHexString(length) + chunkExtension + "\r\n"));
            out.write(body, at, length);
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("0\r\n\r\n"));
        return out.toByteArray();
    }
}
