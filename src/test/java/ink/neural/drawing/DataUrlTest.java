package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.InvalidImageException.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
                "SW5r",
                " \r\n\tSW5r",
                "  data:image/png;base64,SW5r",
                "data:image/png;charset=utf-8;base64,SW5r",
                "data%3Aimage%2Fpng%3Bbase64%2CSW5r",
                "DATA%3aimage%2fpng%3bBASE64%2cSW5r"
            })
    void urlMayBePercentEncodedOrAbsent(String text) {
        assertArrayEquals("Ink".getBytes(), DataUrl.decode(text));
    }

    /** Bytes that need each sign of the alphabet, in forms that programs write. The plain form is {@code ++//AAD7/w==}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "++//AAD7/w==",
                "++//AAD7/w",
                "++//AAD7/w=",
                "++//AAD7/w=====",
                "--__AAD7_w",
                "-+_/AAD7_w==",
                "++//\nAAD7\n/w==\n",
                "++//\r\nAAD7\r\n/w==\r\n",
                "+\n+\t/\r/AAD7/w=\n=",
                "  ++//  \n  AAD7  \r\n /w== ",
                "++// \t\n\t AAD7/w==",
                "  \r\n  \n ++//AAD7/w==",
                "%2B%2B%2F%2FAAD7%2Fw%3D%3D",
                "%2b%2b//AAD7%2fw%3d=",
                "++//%0D%0AAAD7%0a%09/w==%0A",
                "++//%20%0A%20AAD7/w==%20",
                "%2B+%2F/%41AD%37/w=="
            })
    void base64IsDecodedAsProgramsWriteIt(String data) {
        byte[] bytes = {(byte) 0xFB, (byte) 0xEF, (byte) 0xFF, 0, 0, (byte) 0xFB, (byte) 0xFF};
        assertArrayEquals(bytes, DataUrl.decode("data:image/png;base64," + data));
        assertArrayEquals(bytes, DataUrl.decode(data));
    }

    /** Form decoders turn {@code +} into a space. */
    @ParameterizedTest
    @ValueSource(strings = {"A  /A  /", "A %20/A  /", "A \t /\nA  /", "A  /\n  A  /  \n"})
    void spaceWithinALineStandsForPlus(String data) {
        assertArrayEquals(Base64.getDecoder().decode("A++/A++/"), DataUrl.decode("data:image/png;base64," + data));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:",
                "data:,",
                "data:image/png,SW5r",
                "data:image/png;base64",
                "DATA:text/plain,x",
                "data%3A%2CSW5r",
                "http://localhost/a.png",
                "http://localhost/a.png;base64,SW5r",
                "HTTPS://localhost/a.png",
                "  https://localhost/a.png",
                "https%3A%2F%2Flocalhost"
            })
    void otherUrlIsRefused(String url) {
        assertEquals(
                Reason.NOT_A_DATA_URL,
                assertThrows(InvalidImageException.class, () -> DataUrl.decode(url))
                        .reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!",
                "S",
                "SW5rS",
                "SW5=r",
                "SW5r=SW5r",
                "SW5r== SW5r",
                "SW5r\u0000",
                "SW5r\u000b",
                "SW5r\u00a0",
                "Ünicode",
                "SW5r\u0153",
                "SW5r\uD83D\uDE00",
                "%",
                "SW5%2",
                "SW5%g0",
                "%252B",
                "SW5r%C3%BC",
                "\\n",
                "file:///a.png",
                "blob:x",
                "image/png;base64,SW5r",
                "<svg/>"
            })
    void otherTextIsNotBase64(String text) {
        String url = "data:image/png;base64," + text;
        assertEquals(
                Reason.NOT_BASE64,
                assertThrows(InvalidImageException.class, () -> DataUrl.decode(url))
                        .reason());
        assertEquals(
                Reason.NOT_BASE64,
                assertThrows(InvalidImageException.class, () -> DataUrl.decode(text))
                        .reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 100, 49_152, 150_000})
    void anyBytesAreDecodedFromLines(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        assertArrayEquals(bytes, DataUrl.decode(Base64.getMimeEncoder().encodeToString(bytes)));
        String form = URLEncoder.encode(DataUrl.encode("image/png", bytes), StandardCharsets.UTF_8);
        assertArrayEquals(bytes, DataUrl.decode(form));
        assertArrayEquals(bytes, DataUrl.decode(Base64.getUrlEncoder().encodeToString(bytes)));
    }

    /** Each text is as long as a body may be. Work that grows faster than its length would take minutes. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "=", "%", "%20", "data:", "data:;", "\n", "\t ", "A \n", "data:;base64", "é"})
    void longTextIsDecodedOrRefusedSoon(String piece) {
        String text = piece.repeat(12_582_912 / piece.length());
        assertTimeout(Duration.ofSeconds(5), () -> {
            try {
                assertTrue(DataUrl.decode(text).length <= text.length());
            } catch (InvalidImageException refused) {
                assertNotEquals(Reason.NOT_AN_IMAGE, refused.reason());
            }
        });
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
