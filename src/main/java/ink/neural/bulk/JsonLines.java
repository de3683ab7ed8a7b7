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
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long number = 1;
        for (int next = in.read(); next != END; number++) {
            line.reset();
            long length = 0;
            boolean isBlank = true;
            for (; next != '\n' && next != END; next = in.read()) {
                if (++length <= maxLine) {
                    line.write(next);
                }
                isBlank &= BLANKS.indexOf(next) >= 0;
            }
            if (!isBlank) {
                pictures.accept(picture(source + ":" + number, line.toByteArray(), length));
            }
            next = next == END ? END : in.read();
        }
    }

    private Picture picture(String name, byte[] line, long length) {
        return length > maxLine
                ? Picture.unreadable(
                        name, Problem.BODY_TOO_LARGE, "A line may have at most %d bytes.".formatted(maxLine))
                : new Picture(
                        name,
                        Optional.empty(),
                        line.length,
                        (predictor, decoder) -> Picture.see(image(line), predictor, decoder));
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
