package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.http.FakeExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageAddressTest {
    private static FakeExchange at(String host) {
        return new FakeExchange("GET", "/ink/").contextPath("/ink").header("Host", host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ink.example", "localhost:8080", "127.0.0.1", "[::1]:8080", "xn--bcher-kva.example"})
    void hostAndContextRootAreTheAddress(String host) {
        assertEquals("http://" + host + "/ink/", PageAddress.of(at(host).request()));
    }

    @Test
    void proxyThatEndsTlsIsBelieved() {
        assertEquals(
                "https://ink.example/ink/",
                PageAddress.of(
                        at("ink.example").header("X-Forwarded-Proto", "https").request()));
        assertEquals(
                "http://ink.example/ink/",
                PageAddress.of(at("ink.example")
                        .header("X-Forwarded-Proto", "javascript")
                        .request()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "ink.example\"><script>",
                "ink.example/path",
                "user@ink.example",
                "ink.example:",
                "ink.example:x",
                "[::1",
                "ink.example\nother.example"
            })
    void malformedHostMakesTheAddressRelative(String host) {
        assertEquals("", PageAddress.of(at(host).request()));
    }

    @Test
    void missingHostMakesTheAddressRelative() {
        assertEquals("", PageAddress.of(new FakeExchange("GET", "/").request()));
    }
}
