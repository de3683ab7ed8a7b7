package ink.neural.it;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tests of the packaged WAR on a real server, which all test classes share. */
public abstract class NeuralInkWar {
    /** The address of a path such as {@code /predict}. */
    protected final URI at(String path) {
        return Server.shared().address().resolve(path);
    }

    protected final HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).build());
    }

    protected final HttpResponse<String> post(String path, String mediaType, byte[] body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    protected final HttpResponse<String> predict(String json) throws IOException, InterruptedException {
        return post("/predict", "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a request. An answer that contradicts {@code openapi.yaml} fails the test. */
    protected final HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return Server.shared().send(request);
    }

    protected static JsonObject json(HttpResponse<String> response) {
        return Server.json(response.body());
    }

    protected static String dataUrl(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    protected static String request(byte[] png) {
        return "{\"image\":\"" + dataUrl(png) + "\"}";
    }
}
