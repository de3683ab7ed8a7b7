package ink.neural.load;

import ink.neural.it.Server;
import java.io.IOException;
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

/** HAProxy with the configuration in {@code docker/}, except for the addresses of HAProxy and the replicas. */
final class LoadBalancer implements AutoCloseable {
    private static final int NAME = 1;
    private static final int STATUS = 17;
    private static final int ROUTED = 30;

    final URI predict;
    private final Process process;
    private final Path directory;

    LoadBalancer(List<Replica> replicas) throws Exception {
        int port = Server.freePort();
        predict = URI.create("http://127.0.0.1:" + port + "/predict");
        directory = Files.createTempDirectory("load-balancer");
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
                .map(replica -> "    server %s 127.0.0.1:%d".formatted(replica.name(), replica.port()))
                .collect(Collectors.joining("\n"));
        String shipped = Files.readString(Path.of("docker", "haproxy.cfg"));
        return replace(
                replace(shipped, "    bind :8080", "    bind 127.0.0.1:" + port),
                "    server-template replica 10 replica:8080 resolvers docker init-addr none",
                servers);
    }

    private static String replace(String text, String old, String replacement) {
        if (!text.contains(old)) {
            throw new IllegalStateException("docker/haproxy.cfg no longer contains: " + old);
        }
        return text.replace(old, replacement);
    }

    private Path socket() {
        return directory.resolve("admin");
    }

    /** How many requests were routed to a replica. */
    int routed(Replica replica) throws IOException {
        return Integer.parseInt(statistic(replica, ROUTED));
    }

    /** Waits until the health checks say that a replica is up, or down. */
    void await(Replica replica, boolean up) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!statistic(replica, STATUS).equals(up ? "UP" : "DOWN")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(replica.name() + " is " + statistic(replica, STATUS));
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
                    .filter(row -> row.length > ROUTED && row[NAME].equals(replica.name()))
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
