package ink.neural.it.page;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The packaged WAR on a Payara Micro of its own, which can be stopped like any process. The tests of the page share one:
 * a server for each class would cost more time than the tests.
 */
final class Server implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;
    private Process process;

    /**
     * @param contextRoot path below which the WAR lies, such as {@code /} or {@code /neural-ink/}
     */
    Server(String contextRoot) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = URI.create("http://127.0.0.1:" + free.getLocalPort() + contextRoot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server at the root of its address that all tests share. */
    static Server shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final Server SERVER = new Server("/").start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    URI address() {
        return address;
    }

    /** Starts it at its address and waits until it is ready. */
    Server start() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-jar",
                            System.getenv("MICRO_JAR"),
                            "--rootdir",
                            Files.createTempDirectory("payara").toString(),
                            "--prebootcommandfile",
                            "src/main/payara/preboot.txt",
                            "--disablephonehome",
                            "--nohostaware",
                            "--port",
                            String.valueOf(address.getPort()),
                            "--deploy",
                            "target/neural-ink.war",
                            "--contextroot",
                            contextRoot())
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "page-server.log").toFile())
                    .start();
            awaitReadiness();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** As Payara wants it: no slash at the end, but for the root itself. */
    private String contextRoot() {
        return address.getPath().replaceFirst("(?<=.)/$", "");
    }

    private void awaitReadiness() throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(300));
        while (!isReady()) {
            if (Instant.now().isAfter(end) || !process.isAlive()) {
                throw new AssertionError("the server does not start: see target/page-server.log");
            }
            Thread.sleep(50);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest ready =
                    HttpRequest.newBuilder(address.resolve("api/health/ready")).build();
            return CLIENT.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Asks the server itself, past the page. */
    JsonObject predict(String question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("predict"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question))
                .build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response.body());
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** Ends it at once, as a crash would. */
    void stop() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        stop();
    }
}
