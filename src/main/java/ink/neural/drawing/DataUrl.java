package ink.neural.drawing;

import ink.neural.drawing.InvalidImageException.Reason;
import java.util.Base64;
import java.util.Locale;

/** Data URLs (RFC 2397) in the form {@code data:image/png;base64,...}, which a canvas produces. */
public final class DataUrl {
    /** No media type with its parameters is longer. This spares a search for the comma through megabytes of data. */
    private static final int MAX_HEADER_LENGTH = 200;
    /** Characters that are decoded at once, a multiple of four. */
    private static final int PART_LENGTH = 1 << 16;

    private DataUrl() {}

    /**
     * Decodes the data of a data URL. The media type is ignored, because the image decoder goes by the bytes.
     *
     * @param url {@code data:}, a media type, {@code ;base64,} and the data
     * @return the decoded bytes, possibly none
     * @throws InvalidImageException if the text is not a data URL or its data is not base64
     */
    public static byte[] decode(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || comma > MAX_HEADER_LENGTH || !isHeader(url.substring(0, comma))) {
            throw new InvalidImageException(
                    Reason.NOT_A_DATA_URL,
                    "The image must be a data URL that starts with data:image/png;base64, or the like for its type.");
        }
        try {
            return decodeBase64(url, comma + 1);
        } catch (IllegalArgumentException e) {
            throw new InvalidImageException(Reason.NOT_BASE64, "The data URL does not contain valid base64.");
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

    private static boolean isHeader(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        return lower.startsWith("data:") && lower.endsWith(";base64");
    }
}
