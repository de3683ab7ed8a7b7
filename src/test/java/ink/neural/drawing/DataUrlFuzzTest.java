package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any text is either refused or a data URL whose bytes survive encoding and decoding. */
class DataUrlFuzzTest {
    @FuzzTest(maxDuration = "20m")
    void textIsDecodedOrRefused(byte[] text) {
        try {
            byte[] bytes = DataUrl.decode(new String(text, StandardCharsets.UTF_8));
            assertArrayEquals(bytes, DataUrl.decode(DataUrl.encode("image/png", bytes)));
        } catch (InvalidImageException refused) {
            assertFalse(refused.getMessage().isBlank());
        }
    }
}
