package ink.neural.bulk;

import static java.util.stream.Collectors.joining;

import ink.neural.drawing.DataUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A web page with the mistakes that the model was surest of. It needs no fonts on this machine, as a picture would. */
final class ContactSheet {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Mistakes</title>
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

    private ContactSheet() {}

    static void write(Path file, List<Mistake> mistakes) throws IOException {
        Files.writeString(
                file, PAGE.formatted(mistakes.stream().map(ContactSheet::figure).collect(joining("\n"))));
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
