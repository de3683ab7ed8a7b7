package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Golden;
import ink.neural.it.RawConnection.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that HTTP allows but few clients send, and requests that it forbids. */
class RawRequestIT {
    private static final Server SERVER = Server.shared();
    private static final String THREE = Requests.predict(Golden.named("digit-3").png());
    private static final String BATCH =
            "{\"images\":[\"" + Golden.named("digit-3").dataUrl() + "\"]}";
    private static final String JSON = "Content-Type: application/json\r\n";

    /** A request with a body of known length. The header fields each end in CR LF. */
    private static String post(String target, String fields, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static Answer send(String request) throws IOException {
        return RawConnection.exchange(SERVER, request);
    }

    private static void assertReadAsThree(Answer answer) {
        assertEquals(200, answer.status(), answer.body());
        assertEquals("3", Answers.labels(Server.json(answer.body())).get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Cookie: name=\u00c3\u00a9\r\n", // UTF-8
                "cOOkie: name=value\r\n",
            })
    void headerFieldsOfOthersDoNoHarm(String fields) throws Exception {
        assertReadAsThree(send(post("/predict", JSON + fields, THREE)));
    }

    @Test
    void bodyMayWaitForTheServersConsent() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER)) {
            String request = post("/predict", JSON + "Expect: 100-continue\r\n", THREE);
            int head = request.length() - THREE.length();
            Answer consent = connection.write(request.substring(0, head)).read();
            assertEquals(100, consent.status());
            assertReadAsThree(connection.write(request.substring(head)).read());
        }
    }

    @Test
    void absoluteTargetIsAnswered() throws Exception {
        assertReadAsThree(send(post("http://localhost/predict", JSON, THREE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/predict/batch", "/predict/batch/"})
    void batchMayEndInASlash(String target) throws Exception {
        assertEquals(200, send(post(target, JSON, BATCH)).status());
    }
}
