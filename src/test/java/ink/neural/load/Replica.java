package ink.neural.load;

import ink.neural.Golden;
import java.io.IOException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server among several, on a port that it keeps when it is started again. */
final class Replica implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final String name;
    final int port;
    private Process process;

    Replica(String name) throws IOException {
        this.name = name;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    /** Starts it with the models of a directory. */
    Replica start(Path models, String model) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dneural.ink.models=" + models.toAbsolutePath(),
                        "-Dneural.ink.model=" + model,
                        "-jar",
                        System.getenv("MICRO_JAR"),
                        "--deploy",
                        "target/neural-ink.war",
                        "--contextroot",
                        "/",
                        "--port",
                        Integer.toString(port),
                        "--shutdowngrace",
                        "3000",
                        "--nohostaware",
                        "--disablephonehome",
                        "--prebootcommandfile",
                        "src/main/payara/preboot.txt")
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "replica-" + name + ".log").toFile())
                .start();
        return this;
    }

    /** Waits until a health check, {@code live} or {@code ready}, is passed. */
    void awaitHealth(String check) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (status("/api/health/" + check) != 200) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(name + " does not come up:\n" + log());
            }
            Thread.sleep(200);
        }
    }

    int status(String path) throws InterruptedException {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).build(), BodyHandlers.ofString());
    }

    /** What it answers to each of the golden drawings. */
    List<String> answers() throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        for (Golden drawing : Golden.all()) {
            HttpRequest request = request("/predict")
                    .header("Content-Type", "image/png")
                    .POST(BodyPublishers.ofByteArray(drawing.png()))
                    .build();
            answers.add(CLIENT.send(request, BodyHandlers.ofString()).body());
        }
        return answers;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    /** Ends it at once, as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Makes it do nothing any more, while its connections stay open; or go on. */
    void hang(boolean hang) throws IOException, InterruptedException {
        new ProcessBuilder("kill", hang ? "-STOP" : "-CONT", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Asks it to end, and waits. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not end");
        }
    }

    private String log() throws IOException {
        return Files.readString(Path.of("target", "replica-" + name + ".log"));
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
