package ink.neural.bulk;

import ink.neural.api.StrictJson;
import ink.neural.drawing.DataUrl;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonString;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A text file with a picture on each line: {@code {"image":"data:image/png;base64,..."}}, as a request has it, or the data
 * URL alone as a JSON string.
 *
 * @param source the file's path
 * @param maxLine the most bytes of a line
 */
record JsonLines(String source, int maxLine) {
    private static final Pattern NAME = Pattern.compile("(?i).*\\.jsonl(\\.gz)?");
    private static final String USAGE =
            "A line must be {\"image\":\"data:image/png;base64,...\"}, or the data URL in quotes.";
    private static final int MAX_VALUES = 1000;
    private static final String BLANKS = " \t\r";
    private static final int END = -1;

    static boolean isJsonLines(String name) {
        return NAME.matcher(name).matches();
    }

    /** Gives the pictures of all lines that are not blank. */
    void read(InputStream file, Consumer<Picture> pictures) throws IOException {
        InputStream in = new BufferedInputStream(file);
        long number = 1;
        for (int next = in.read(); next != END; number++) {
            Line line = new Line();
            for (; next != '\n' && next != END; next = in.read()) {
                line.add(next);
            }
            if (!line.isBlank) {
                pictures.accept(line.picture(source + ":" + number));
            }
            next = next == END ? END : in.read();
        }
    }

    /** A line, whose bytes are kept as long as it is not too long and there is memory. */
    private final class Line {
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long length;
        private boolean isBlank = true;
        private OutOfMemoryError lack;

        void add(int next) {
            length++;
            isBlank &= BLANKS.indexOf(next) >= 0;
            if (length <= maxLine && lack == null) {
                try {
                    bytes.write(next);
                } catch (OutOfMemoryError e) {
                    bytes = null;
                    lack = e;
                }
            }
        }

        Picture picture(String name) {
            if (length > maxLine) {
                return Picture.unreadable(
                        name, Problem.BODY_TOO_LARGE, "A line may have at most %d bytes.".formatted(maxLine));
            }
            try {
                return lack == null ? picture(name, bytes.toByteArray()) : Picture.damaged(name, lack);
            } catch (OutOfMemoryError e) {
                return Picture.damaged(name, e);
            }
        }

        private Picture picture(String name, byte[] line) {
            return new Picture(
                    name,
                    Optional.empty(),
                    line.length,
                    (predictor, decoder) -> Picture.see(image(line), predictor, decoder));
        }
    }

    private byte[] image(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8).strip().replaceFirst("^\uFEFF", "");
        String object = text.startsWith("\"") ? "{\"image\":" + text + "}" : text;
        if (!object.startsWith("{")) {
            throw new ProblemException(Problem.NOT_JSON, USAGE);
        }
        InputStream json = new ByteArrayInputStream(object.getBytes(StandardCharsets.UTF_8));
        if (new StrictJson(json, MAX_VALUES, maxLine).object().get("image") instanceof JsonString image
                && !image.getString().isEmpty()) {
            return DataUrl.decode(image.getString());
        }
        throw new ProblemException(Problem.NO_IMAGE, USAGE);
    }
}
