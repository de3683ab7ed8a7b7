package ink.neural.it;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged WAR on a server of its own, with settings of its own. */
final class Server implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    final Process process;
    final int port;
    private final Path log;
    private boolean live;

    /** Starts a server with system properties such as {@code neural.ink.api.key=secret}, and waits until it is live. */
    Server(String... properties) throws Exception {
        port = freePort();
        log = Files.createTempFile("neural-ink-", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        List.of(properties).forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-jar", System.getenv("MICRO_JAR"), "--deploy", "target/neural-ink.war"));
        command.addAll(List.of("--contextroot", "/", "--port", Integer.toString(port), "--disablephonehome"));
        command.addAll(List.of(
                "--shutdowngrace", "3000", "--nohostaware", "--prebootcommandfile", "src/main/payara/preboot.txt"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        waitUntilLive();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void waitUntilLive() throws Exception {
        for (int i = 0; i < 600; i++) {
            try {
                if (get("/api/health/live").statusCode() == 200) {
                    live = true;
                    return;
                }
            } catch (IOException notYet) {
                // The server does not listen yet.
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("the server does not come up:\n" + log());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        if (live) {
            OpenApi.verify(response);
        }
        return response;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.delete(log);
    }
}
