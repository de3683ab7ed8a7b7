package ink.neural.drawing;

import ink.neural.drawing.InvalidImageException.Reason;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Data URLs (RFC 2397) in the form {@code data:image/png;base64,...}, which a canvas produces, and base64 without a URL. */
public final class DataUrl {
    /** What comes before the data. It may be percent-encoded. No media type with its parameters is longer. */
    private static final Pattern HEADER =
            Pattern.compile("data(:|%3A)[^,]{0,200}?(;|%3B)base64(,|%2C)", Pattern.CASE_INSENSITIVE);
    /** The start of a URL that has no base64 in it. */
    private static final Pattern OTHER_URL = Pattern.compile("(data|https?)(:|%3A)", Pattern.CASE_INSENSITIVE);
    /** Characters that are decoded at once, a multiple of four. */
    private static final int PART_LENGTH = 1 << 16;

    private DataUrl() {}

    /**
     * Decodes the data of a data URL, or base64 alone. The media type is ignored, because the image decoder goes by the bytes.
     *
     * @param text {@code data:}, a media type, {@code ;base64,} and the data; or only the data. {@link LenientBase64} tells
     *     the forms that the data may have
     * @return the decoded bytes, possibly none
     * @throws InvalidImageException if the text is another URL or its data is not base64
     */
    public static byte[] decode(String text) {
        int start = startOfData(text);
        try {
            return decodeBase64(text, start);
        } catch (IllegalArgumentException notPlain) {
            return decodeLeniently(text, start);
        }
    }

    /**
     * Encodes bytes as a data URL.
     *
     * @param mediaType media type of the bytes
     * @param bytes the bytes
     * @return the URL
     */
    public static String encode(String mediaType, byte[] bytes) {
        return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    private static int startOfData(String text) {
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        Matcher header = HEADER.matcher(text).region(start, text.length());
        if (header.lookingAt()) {
            return header.end();
        }
        if (OTHER_URL.matcher(text).region(start, text.length()).lookingAt()) {
            throw new InvalidImageException(
                    Reason.NOT_A_DATA_URL,
                    "The image must be a data URL that starts with data:image/png;base64, or the like for its type."
                            + " Addresses are not fetched.");
        }
        return start;
    }

    private static byte[] decodeLeniently(String text, int start) {
        try {
            return LenientBase64.decode(text, start);
        } catch (IllegalArgumentException e) {
            throw new InvalidImageException(
                    Reason.NOT_BASE64,
                    "The image is not valid base64. Send it as a data URL, data:image/png;base64,..., or as base64 alone.");
        }
    }

    /** Decodes part by part, because the decoder copies its input twice, which may be megabytes. */
    private static byte[] decodeBase64(String url, int start) {
        int padding = url.endsWith("==") ? 2 : url.endsWith("=") ? 1 : 0;
        byte[] bytes = new byte[(int) ((url.length() - start - padding) * 3L / 4)];
        int done = 0;
        for (int at = start; at < url.length(); at += PART_LENGTH) {
            String part = url.substring(at, Math.min(at + PART_LENGTH, url.length()));
            byte[] decoded = Base64.getDecoder().decode(part);
            System.arraycopy(decoded, 0, bytes, done, decoded.length);
            done += decoded.length;
        }
        if (done < bytes.length) {
            throw new IllegalArgumentException("padding before the end");
        }
        return bytes;
    }
}
