package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZip",
                "x-gzip",
                "gzip, deflate, br, zstd",
                "deflate,gzip",
                "br;q=1.0, gzip;q=0.8, *;q=0.1",
                "*",
                "*;q=0.5",
                "gzip;q=0.001",
                "gzip; q=1.000",
                "gzip ; Q=0.5",
                "identity;q=0, *",
                "identity;q=0.5, gzip;q=0.5",
                "identity;q=0.5, *;q=0.7",
                "  , gzip ,",
                "sdch;v=1, gzip"
            })
    void gzipIsPreferred(String accepted) {
        assertTrue(AcceptEncoding.prefersGzip(accepted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "identity",
                "br",
                "deflate, br",
                "gzip;q=0",
                "gzip;q=0.000",
                "*;q=0",
                "gzip;q=0, *;q=1",
                "identity, gzip;q=0.9",
                "identity;q=1, *;q=0.5",
                "gzipped",
                "not gzip",
                "gzip;q=2",
                "gzip;q=",
                "gzip;q=-1",
                "\u0000gzip"
            })
    void gzipIsNotPreferred(String accepted) {
        assertFalse(AcceptEncoding.prefersGzip(accepted));
    }
}
