package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever the text, it is a data URL whose bytes make the same URL again, or it is refused. */
class DataUrlFuzzTest {
    @FuzzTest(maxDuration = "20m")
    void decodes(byte[] text) {
        try {
            byte[] bytes = DataUrl.decode(new String(text, StandardCharsets.UTF_8));
            assertArrayEquals(bytes, DataUrl.decode(DataUrl.encode("image/png", bytes)));
        } catch (InvalidImageException refused) {
            assertFalse(refused.getMessage().isBlank());
        }
    }
}
