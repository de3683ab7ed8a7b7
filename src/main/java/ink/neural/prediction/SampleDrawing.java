package ink.neural.prediction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A drawing of one character, to try models and warm them up. */
public final class SampleDrawing {
    private SampleDrawing() {}

    /**
     * The drawing.
     *
     * @return a PNG file
     */
    public static byte[] png() {
        try (InputStream in = SampleDrawing.class.getResourceAsStream("sample.png")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
