package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are either decoded to a drawing or refused. */
class DecoderFuzzTest {
    private static final DrawingDecoder DECODER = new DrawingDecoder(512, 100_000);

    @FuzzTest(maxDuration = "60m")
    void fileIsDecodedOrRefused(byte[] file) {
        try {
            Drawing drawing = DECODER.decode(file);
            int pixels = drawing.width() * drawing.height();
            assertEquals(pixels, drawing.greys().length);
            assertTrue(drawing.colours() == null || drawing.colours().length == pixels);
        } catch (InvalidImageException refused) {
            assertFalse(refused.getMessage().isBlank());
        }
    }
}
