package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are either decoded to a drawing or refused. */
class DecoderFuzzTest {
    private static final DrawingDecoder DECODER = new DrawingDecoder(512, 100_000);

    @FuzzTest(maxDuration = "60m")
    void fileIsDecodedOrRefused(byte[] file) {
        try {
            Drawing drawing = DECODER.decode(file);
            assertEquals(drawing.width() * drawing.height(), drawing.greys().length);
        } catch (InvalidImageException refused) {
            assertFalse(refused.getMessage().isBlank());
        }
    }
}
