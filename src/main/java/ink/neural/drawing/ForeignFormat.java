package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells the sender of a file that cannot be decoded what it is, and what to send instead. */
final class ForeignFormat {
    private static final String ACCEPTED = "Send a PNG, JPEG, WebP, GIF, BMP or TIFF image.";
    /** How much of a text is searched for an SVG element. */
    private static final int MAX_PROLOGUE = 1024;

    /** The starts of files, as Latin-1 text. */
    private static final Map<String, String> STARTS = Map.of(
            "%PDF-", "PDF document",
            "8BPS", "Photoshop document",
            "\377\n", "JPEG XL image",
            "\0\0\0\fJXL ", "JPEG XL image",
            "\0\0\0\fjP  ", "JPEG 2000 image",
            "\377O\377Q", "JPEG 2000 image",
            "\0\0\1\0", "icon");
    /** The brands of files in the ISO base media format, after the length of the first box and {@code ftyp}. */
    private static final Map<String, String> BRANDS = Map.of(
            "avif", "AVIF image",
            "avis", "AVIF image",
            "heic", "HEIC image",
            "heix", "HEIC image",
            "hevc", "HEIC image",
            "mif1", "HEIC or AVIF image",
            "msf1", "HEIC or AVIF image");

    private ForeignFormat() {}

    /** The refusal of a file that no decoder recognises. */
    static InvalidImageException refusal(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, MAX_PROLOGUE), StandardCharsets.ISO_8859_1);
        String name = name(start);
        return notAnImage(
                name == null
                        ? "The data is not an image that can be read. " + ACCEPTED
                        : "The data is an image or document of another kind: " + name + ". " + ACCEPTED);
    }

    private static String name(String start) {
        if (start.startsWith("ftyp", 4) && start.length() >= 12) {
            return BRANDS.get(start.substring(8, 12));
        }
        if (start.stripLeading().startsWith("<") && start.contains("<svg")) {
            return "SVG image";
        }
        return STARTS.entrySet().stream()
                .filter(known -> start.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
