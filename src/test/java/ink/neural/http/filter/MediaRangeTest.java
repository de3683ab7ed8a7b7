package ink.neural.http.filter;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaRangeTest {
    @Test
    void rangesHaveTypesAndQualities() {
        assertEquals(
                List.of(
                        new MediaRange("text/html", 1),
                        new MediaRange("application/xml", 0.9),
                        new MediaRange("image/*", 0),
                        new MediaRange("*/*", 0.25)),
                MediaRange.listOf("Text/HTML;level=\"a,;b\", application/xml;Q=0.9 ,,image/*; q=0,*/*;q=.25"));
        assertEquals(List.of(), MediaRange.listOf(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8 | true",
                "text/html                                          | true",
                "text/html, */*                                     | true",
                "text/html;q=0.9, application/json;q=0.8            | true",
                "text/html;q=0.1, */*;q=0                           | true",
                "text/html;q=0.8, application/json                  | false",
                "text/html;q=0.8, application/problem+json          | false",
                "text/html;q=0.5, */*;q=0.6                         | false",
                "text/html;q=0, application/xhtml+xml               | false",
                "text/*                                             | false",
                "*/*                                                | false",
                "application/json, text/plain, */*                  | false",
                "''                                                 | false"
            })
    void pageIsPreferredWhereHtmlIsAskedFor(String accept, boolean prefersHtml) {
        assertEquals(prefersHtml, MediaRange.prefersHtml(MediaRange.listOf(accept)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b,", "a/b;c=d", "a/b;c=\"\\x\"", "a/b;", "x"})
    void longListCostsLittle(String piece) {
        String list = piece.repeat(100_000);
        assertTimeout(ofSeconds(2), () -> {
            try {
                MediaRange.listOf(list);
                MediaRange.isMediaType(list);
            } catch (IllegalArgumentException malformed) {
                assertThrows(IllegalArgumentException.class, () -> MediaRange.listOf(piece.repeat(2)));
            }
        });
    }
}
