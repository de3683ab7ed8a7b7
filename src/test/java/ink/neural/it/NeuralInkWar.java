package ink.neural.it;

import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged WAR on a real server, at the root of a free port of this machine, for a class of tests. */
@ExtendWith(ArquillianExtension.class)
public abstract class NeuralInkWar {
    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    public static WebArchive war() {
        return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
                .importFrom(new File("target/neural-ink.war"))
                .as(WebArchive.class);
    }

    /** The address of a path such as {@code /predict}; the server listens on the loopback interface only. */
    protected final URI at(String path) {
        return URI.create("http://127.0.0.1:" + url.getPort() + path);
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

    /** Sends a request; an answer that is not as {@code openapi.yaml} says fails the test. */
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
