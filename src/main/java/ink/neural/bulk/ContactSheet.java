package ink.neural.bulk;

import static java.util.stream.Collectors.joining;

import ink.neural.drawing.DataUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * A web page with the mistakes that the model was surest of. It needs no fonts on this machine, as a picture would.
 *
 * @param file the page, which need not exist
 */
record ContactSheet(Path file) {
    /** How each sheet begins. */
    static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Mistakes</title>
            """;

    private static final String PAGE = HEAD + """
            <style>
            body { display: grid; grid-template-columns: repeat(auto-fill, 9rem); gap: 1rem; font: 0.8rem sans-serif }
            figure { margin: 0; overflow-wrap: anywhere }
            img { width: 9rem; image-rendering: pixelated }
            b { font-size: 1.2rem }
            </style>
            %s
            </html>
            """;
    private static final String FIGURE = """
            <figure><img src="%s" alt=""><figcaption><b>%s</b> read as <b>%s</b>, %.2f<br>%s</figcaption></figure>""";

    /** The sheet beside a file of answers. */
    static ContactSheet beside(Path answers) {
        return new ContactSheet(Path.of(answers + ".html"));
    }

    /** Whether the file is there, and something else than a contact sheet. */
    boolean isForeign() {
        byte[] head = HEAD.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            return !Arrays.equals(head, in.readNBytes(head.length));
        } catch (IOException e) {
            return Files.exists(file);
        }
    }

    /** Removes the page, which is not that of this run. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw BulkException.cannotWrite(file, e, "Choose another --out.");
        }
    }

    /** Writes the page. If that fails, nothing is left of it, and the page before it stays. */
    void write(List<Mistake> mistakes) {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".tmp"); // hidden files are no input
        try {
            try {
                Files.writeString(
                        unfinished,
                        PAGE.formatted(
                                mistakes.stream().map(ContactSheet::figure).collect(joining("\n"))));
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw BulkException.cannotWrite(file, e, "The answers are complete.");
        }
    }

    private static String figure(Mistake mistake) {
        Outcome outcome = mistake.outcome();
        return FIGURE.formatted(
                DataUrl.encode("image/png", mistake.glyph().upright().png()),
                escaped(mistake.label()),
                escaped(outcome.predicted()),
                outcome.confidence(),
                escaped(outcome.source()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
