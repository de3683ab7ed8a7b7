package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    @ParameterizedTest
    @CsvSource({
        "top=5, 5",
        "top=, ''",
        "top, ''",
        "a=1&top=5, 5",
        "top=5&top=6, 5",
        "t%6Fp=%5B0-9%5D%7B5%7D, [0-9]{5}",
        "top=[0-9]{5}, [0-9]{5}",
        "top=a+b%2Bc%26d=e, a b+c&d=e",
        "top=%C3%A4, ä",
        "&&=x&top=%25, %"
    })
    void parameterIsDecoded(String query, String value) {
        assertEquals(value, new Query(query).parameter("top"));
    }

    @ParameterizedTest
    @CsvSource({"''", "a=top", "TOP=5", "topp=5"})
    void parameterMayBeAbsent(String query) {
        assertNull(new Query(query).parameter("top"));
    }

    @Test
    void queryMayBeAbsent() {
        assertNull(new Query(null).parameter("top"));
    }
}
