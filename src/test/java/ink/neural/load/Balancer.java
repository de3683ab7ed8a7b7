package ink.neural.load;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** HAProxy with the configuration in {@code docker/}, but for its address and its replicas'. */
final class Balancer implements AutoCloseable {
    private static final int NAME = 1;
    private static final int STATUS = 17;
    private static final int CHOSEN = 30;

    final URI predict;
    private final Process process;
    private final Path directory;

    Balancer(List<Replica> replicas) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        predict = URI.create("http://127.0.0.1:" + port + "/predict");
        directory = Files.createTempDirectory("balancer");
        Path configuration = Files.writeString(
                directory.resolve("haproxy.cfg"),
                configuration(port, replicas) + "\nglobal\n    stats socket " + socket() + "\n");
        process = new ProcessBuilder("haproxy", "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "haproxy.log").toFile())
                .start();
        while (!Files.exists(socket())) {
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(Path.of("target", "haproxy.log")));
            }
            Thread.sleep(20);
        }
    }

    private static String configuration(int port, List<Replica> replicas) throws IOException {
        String servers = replicas.stream()
                .map(replica -> "    server %s 127.0.0.1:%d".formatted(replica.name, replica.port))
                .collect(Collectors.joining("\n"));
        String shipped = Files.readString(Path.of("docker", "haproxy.cfg"));
        return replace(
                replace(shipped, "    bind :8080", "    bind 127.0.0.1:" + port),
                "    server-template replica 10 replica:8080 resolvers docker init-addr none",
                servers);
    }

    private static String replace(String text, String old, String by) {
        if (!text.contains(old)) {
            throw new IllegalStateException("no more in docker/haproxy.cfg: " + old);
        }
        return text.replace(old, by);
    }

    private Path socket() {
        return directory.resolve("admin");
    }

    /** How many requests were given to a replica. */
    int chosen(Replica replica) throws IOException {
        return Integer.parseInt(statistic(replica, CHOSEN));
    }

    /** Waits until it takes a replica for ready, or for not ready. */
    void await(Replica replica, boolean ready) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!statistic(replica, STATUS).equals(ready ? "UP" : "DOWN")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(replica.name + " is " + statistic(replica, STATUS));
            }
            Thread.sleep(50);
        }
    }

    private String statistic(Replica replica, int column) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            channel.write(StandardCharsets.US_ASCII.encode("show stat\n"));
            String table = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
            return table.lines()
                    .map(line -> line.split(",", -1))
                    .filter(row -> row.length > CHOSEN && row[NAME].equals(replica.name))
                    .map(row -> row[column])
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(socket());
        Files.delete(directory.resolve("haproxy.cfg"));
        Files.delete(directory);
    }
}
