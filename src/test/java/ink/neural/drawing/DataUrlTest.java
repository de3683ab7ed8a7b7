package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.drawing.InvalidImageException.Reason;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,SW5r",
                "DATA:IMAGE/PNG;BASE64,SW5r",
                "data:;base64,SW5r",
                "data:image/png;name=a.png;base64,SW5r"
            })
    void dataIsDecodedFromAnyMediaType(String url) {
        assertArrayEquals("Ink".getBytes(), DataUrl.decode(url));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 49_151, 49_152, 49_153, 98_304, 150_000})
    void dataOfAnyLengthIsDecoded(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        assertArrayEquals(bytes, DataUrl.decode(DataUrl.encode("image/webp", bytes)));
        String unpadded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        assertArrayEquals(bytes, DataUrl.decode("data:image/webp;base64," + unpadded));
    }

    @Test
    void paddingBeforeTheEndIsRefused() {
        for (int before : new int[] {4, 65_536, 131_072}) {
            String padded = "A".repeat(before - 1) + "=" + "AAAA";
            assertEquals(
                    Reason.NOT_BASE64,
                    assertThrows(InvalidImageException.class, () -> DataUrl.decode("data:;base64," + padded))
                            .reason());
        }
    }

    @Test
    void bytesAreEncodedWithTheirMediaType() {
        assertEquals("data:image/png;base64,SW5r", DataUrl.encode("image/png", "Ink".getBytes()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SW5r",
                "data:",
                "data:,",
                "data:image/png,SW5r",
                "data:image/png;base64",
                "http://localhost/a.png;base64,SW5r",
                " data:image/png;base64,SW5r"
            })
    void otherTextIsRefused(String url) {
        assertEquals(
                Reason.NOT_A_DATA_URL,
                assertThrows(InvalidImageException.class, () -> DataUrl.decode(url))
                        .reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "SW5r SW5r", "SW5r\n", "SW5=r", "S", "SW5r\u0000", "Ünicode", "-_-_"})
    void invalidBase64IsRefused(String data) {
        assertEquals(
                Reason.NOT_BASE64,
                assertThrows(InvalidImageException.class, () -> DataUrl.decode("data:image/png;base64," + data))
                        .reason());
    }

    @Test
    void overlongHeaderIsRefused() {
        String url = "data:image/png;x=" + "x".repeat(1_000_000) + ";base64,SW5r";
        assertEquals(
                Reason.NOT_A_DATA_URL,
                assertThrows(InvalidImageException.class, () -> DataUrl.decode(url))
                        .reason());
    }
}
