package ink.neural.load;

import ink.neural.drawing.DataUrl;
import ink.neural.drawing.PngFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Clients that send batches, each as expensive as a batch may be, as fast as they are answered or refused. */
final class BatchFlood {
    private static final int RGBA = 6;
    private static final int PAETH = 4;
    private static final int GREY = 0;
    private static final int NONE = 0;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final List<Thread> clients;
    private volatile boolean stop;

    /**
     * Starts the clients.
     *
     * @param server the address of a server, such as {@code http://localhost:8080/}
     * @param count how many clients send at once
     */
    BatchFlood(URI server, int count) {
        URI address = server.resolve("predict/batch");
        List<byte[]> batches = List.of(noise(), blobs());
        clients = IntStream.range(0, count)
                .mapToObj(i -> new Thread(() -> send(address, batches.get(i % batches.size())), "batch client " + i))
                .toList();
        clients.forEach(Thread::start);
    }

    private void send(URI address, byte[] batch) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(batch))
                .build();
        try {
            while (!stop) {
                int status = client.send(request, BodyHandlers.discarding()).statusCode();
                answers.merge(status, 1, Integer::sum);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops the clients and returns how many batches got each status. */
    Map<Integer, Integer> stop() throws InterruptedException {
        stop = true;
        for (Thread thread : clients) {
            thread.join();
        }
        return new TreeMap<>(answers);
    }

    /** 95 pictures of a megapixel. Each row predicts the next, which makes them small, but each byte must be computed. */
    private static byte[] noise() {
        byte[] row = new byte[1 + 4 * 1024];
        new Random(1).nextBytes(row);
        row[0] = PAETH;
        return batch(95, png(1024, 1024, RGBA, Collections.nCopies(1024, row)));
    }

    /** 256 pictures of 620 x 620 pixels full of blobs that could each be a stroke. */
    private static byte[] blobs() {
        int side = 620;
        List<byte[]> rows = IntStream.range(0, side)
                .mapToObj(y -> {
                    byte[] row = new byte[1 + side];
                    for (int x = 0; x < side; x++) {
                        row[1 + x] = (byte) (y % 4 < 2 && x % 5 < 3 ? 0 : 255);
                    }
                    row[0] = NONE;
                    return row;
                })
                .toList();
        return batch(256, png(side, side, GREY, rows));
    }

    private static byte[] png(int width, int height, int colourType, List<byte[]> rows) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        rows.forEach(pixels::writeBytes);
        return new PngFile()
                .header(width, height, 8, colourType)
                .chunk("IDAT", PngFile.deflate(pixels.toByteArray()))
                .end();
    }

    private static byte[] batch(int count, byte[] png) {
        String image = '"' + DataUrl.encode("image/png", png) + '"';
        return Collections.nCopies(count, image).stream()
                .collect(Collectors.joining(",", "{\"images\":[", "]}"))
                .getBytes();
    }
}
