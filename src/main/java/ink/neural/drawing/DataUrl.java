package ink.neural.drawing;

import ink.neural.drawing.InvalidImageException.Reason;
import java.util.Base64;
import java.util.Locale;

/** The data URL of RFC 2397, in the one form a canvas makes: {@code data:image/png;base64,...}. */
public final class DataUrl {
    /** Longer than any media type with its parameters; so a missing comma is not sought through megabytes. */
    private static final int LONGEST_HEADER = 200;

    private DataUrl() {}

    /**
     * Takes the bytes out of a data URL. The media type is not looked at: the bytes say better what they are.
     *
     * @param url {@code data:}, a media type, {@code ;base64,} and the data
     * @return the bytes, possibly none
     * @throws InvalidImageException if it is not a data URL in base64
     */
    public static byte[] decode(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || comma > LONGEST_HEADER || !isHeader(url.substring(0, comma))) {
            throw new InvalidImageException(
                    Reason.NOT_A_DATA_URL, "The image must be a data URL that begins with data:image/png;base64,");
        }
        try {
            return Base64.getDecoder().decode(url.substring(comma + 1));
        } catch (IllegalArgumentException e) {
            throw new InvalidImageException(Reason.NOT_BASE64, "The data of the data URL is not base64.");
        }
    }

    /**
     * Puts bytes into a data URL.
     *
     * @param mediaType what they are
     * @param bytes the bytes
     * @return the URL
     */
    public static String encode(String mediaType, byte[] bytes) {
        return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    private static boolean isHeader(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        return lower.startsWith("data:") && lower.endsWith(";base64");
    }
}
