package ink.neural.load;

import ink.neural.LinuxProcess;
import ink.neural.drawing.PngFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Sends the most expensive requests that a server accepts, one kind after another, and prints the CPU time that the
 * server uses for one request of each kind. SIDE is the width of the pictures: 1024 for the largest that count as a drawing,
 * 4096 for the largest of all.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.load.WorstCaseRequests -Dexec.args="PORT PID SIDE"</pre>
 */
public final class WorstCaseRequests {
    private static final int PALETTE = 3;
    private static final int MAX_FILE = 8_000_000;
    private static final int MAX_BODY = 12 << 20;
    private static final int MAX_BATCH_BODY = 8 << 20;
    private static final int WARM_UP = 10;
    private static final int MEASURED = 10;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;
    private final LinuxProcess server;
    private final int side;

    private WorstCaseRequests(int port, long pid, int side) {
        address = URI.create("http://127.0.0.1:" + port);
        server = new LinuxProcess(pid);
        this.side = side;
    }

    /**
     * Sends the requests and prints a line for each kind.
     *
     * @param args port and process ID of the server, and the width of the pictures
     * @throws Exception if the server does not answer
     */
    public static void main(String[] args) throws Exception {
        WorstCaseRequests worst =
                new WorstCaseRequests(Integer.parseInt(args[0]), Long.parseLong(args[1]), Integer.parseInt(args[2]));
        worst.sendPictures();
        worst.sendJson();
    }

    private void sendPictures() throws Exception {
        int[][] kinds = {{0, 8}, {0, 16}, {0, 1}, {2, 8}, {2, 16}, {3, 8}, {3, 1}, {4, 8}, {4, 16}, {6, 8}, {6, 16}};
        for (int[] kind : kinds) {
            for (boolean interlaced : new boolean[] {false, true}) {
                for (int filter : new int[] {0, 1, 2, 4}) {
                    send(
                            "PNG, colour type %d, %d bits%s, filter %d"
                                    .formatted(kind[0], kind[1], interlaced ? ", interlaced" : "", filter),
                            "/predict",
                            "image/png",
                            png(kind[0], kind[1], interlaced, filter));
                }
            }
        }
        send("PNG with 50 MB after its pixels", "/predict", "image/png", bomb());
        send("JPEG", "/predict", "image/jpeg", jpeg(side, false));
        send("JPEG, progressive", "/predict", "image/jpeg", jpeg(side / 2, true));
    }

    private void sendJson() throws Exception {
        send("JSON: a string", "/predict", json("{\"image\":\"", "x", "\"}", MAX_BODY));
        send("JSON: base64", "/predict", json("{\"image\":\"data:image/png;base64,", "AAAA", "\"}", MAX_BODY));
        send("JSON: escapes", "/predict", json("{\"image\":\"", "\\u0041", "\"}", MAX_BODY));
        send("JSON: numbers", "/predict", json("{\"image\":[1", ",1", "]}", MAX_BODY));
        send("JSON: nested", "/predict", json("{\"image\":", "[", "", MAX_BODY));
        send("JSON: white space", "/predict", json("{", " ", "}", MAX_BODY));
        send(
                "JSON: a PNG with all options",
                "/predict",
                ("{\"glyph\":true,\"ink\":true,\"legibility\":true,\"top\":62,\"image\":\"data:image/png;base64,"
                                + Base64.getEncoder().encodeToString(png(6, 8, false, 4)) + "\"}")
                        .getBytes(StandardCharsets.US_ASCII));
        send("batch: numbers", "/predict/batch", json("{\"images\":[1", ",1", "]}", MAX_BATCH_BODY));
        send("batch: a string", "/predict/batch", json("{\"images\":[\"", "x", "\"]}", MAX_BATCH_BODY));
        send("batch: 257 images", "/predict/batch", json("{\"images\":[\"x\"", ",\"x\"", "]}", 1044));
    }

    private static byte[] json(String start, String part, String end, int length) {
        return (start + part.repeat((length - start.length() - end.length()) / part.length()) + end)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A PNG of the largest accepted size, filled with as much noise as fits into the file. */
    private byte[] png(int colourType, int depth, boolean interlaced, int filter) {
        int samples = PngFile.samplesPerPixel(colourType);
        int height = side / (depth == 16 ? 4 : interlaced ? 2 : 1);
        PngFile png = new PngFile().header(side, height, depth, colourType, interlaced);
        if (colourType == PALETTE) {
            byte[] palette = new byte[3 << depth];
            new Random(1).nextBytes(palette);
            png.chunk("PLTE", palette);
        }
        for (int noise = 256; ; noise /= 2) {
            byte[] packed = PngFile.deflate(rows(height, samples * depth, interlaced, filter, noise));
            if (packed.length < MAX_FILE) {
                return png.chunk("IDAT", packed).end();
            }
        }
    }

    private byte[] rows(int height, int bits, boolean interlaced, int filter, int noise) {
        int[][] passes = interlaced
                ? new int[][] {
                    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
                }
                : new int[][] {{0, 0, 1, 1}};
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        Random random = new Random(2);
        for (int[] pass : passes) {
            int width = (side - pass[0] + pass[2] - 1) / pass[2];
            for (int y = pass[1]; y < height; y += pass[3]) {
                rows.write(filter);
                for (int i = 0; i < (width * bits + 7) / 8; i++) {
                    rows.write(random.nextInt(noise));
                }
            }
        }
        return rows.toByteArray();
    }

    private byte[] bomb() {
        return new PngFile()
                .header(side, side, 8, 0)
                .chunk("IDAT", PngFile.deflate(new byte[50_000_000]))
                .end();
    }

    private static byte[] jpeg(int side, boolean progressive) throws IOException {
        BufferedImage noise = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(3);
        for (int i = 0; i < side * side; i++) {
            noise.setRGB(i % side, i / side, random.nextInt());
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.95f);
        parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream image = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(image);
            writer.write(null, new IIOImage(noise, null, null), parameters);
        }
        writer.dispose();
        return out.toByteArray();
    }

    private void send(String name, String path, byte[] json) throws Exception {
        send(name, path, "application/json", json);
    }

    private void send(String name, String path, String mediaType, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        int status = 0;
        for (int i = 0; i < WARM_UP; i++) {
            status = CLIENT.send(request, BodyHandlers.ofString()).statusCode();
        }
        double before = server.cpuSeconds();
        for (int i = 0; i < MEASURED; i++) {
            CLIENT.send(request, BodyHandlers.ofString());
        }
        double milliseconds = 1000 * (server.cpuSeconds() - before) / MEASURED;
        System.out.printf("%-50s %,11d bytes  %d  %5.1f ms%n", name, body.length, status, milliseconds);
    }
}
