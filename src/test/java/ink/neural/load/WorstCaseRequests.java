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
 * server uses for one request of each kind.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.load.WorstCaseRequests -Dexec.args="PORT PID"</pre>
 */
public final class WorstCaseRequests {
    private static final int SIDE = 1024;
    private static final int PALETTE = 3;
    private static final int WARM_UP = 15;
    private static final int MEASURED = 20;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;
    private final LinuxProcess server;

    private WorstCaseRequests(int port, long pid) {
        address = URI.create("http://127.0.0.1:" + port);
        server = new LinuxProcess(pid);
    }

    /**
     * Sends the requests and prints a line for each kind.
     *
     * @param args port and process ID of the server
     * @throws Exception if the server does not answer
     */
    public static void main(String[] args) throws Exception {
        WorstCaseRequests worst = new WorstCaseRequests(Integer.parseInt(args[0]), Long.parseLong(args[1]));
        int[][] kinds = {{0, 8}, {0, 16}, {0, 1}, {2, 8}, {2, 16}, {3, 8}, {3, 1}, {4, 8}, {4, 16}, {6, 8}, {6, 16}};
        for (int[] kind : kinds) {
            for (boolean interlaced : new boolean[] {false, true}) {
                for (int filter : new int[] {0, 1, 2, 4}) {
                    worst.send(
                            "PNG, colour type %d, %d bits%s, filter %d"
                                    .formatted(kind[0], kind[1], interlaced ? ", interlaced" : "", filter),
                            "/predict",
                            "image/png",
                            png(kind[0], kind[1], interlaced, filter));
                }
            }
        }
        worst.send("PNG with 50 MB after its pixels", "/predict", "image/png", bomb());
        worst.send("JPEG", "/predict", "image/jpeg", jpeg(SIDE, false));
        worst.send("JPEG, progressive", "/predict", "image/jpeg", jpeg(590, true));
        worst.send("2 MiB of JSON: a string", "/predict", json("{\"image\":\"", "x", "\"}", 2_097_000));
        worst.send(
                "2 MiB of JSON: base64",
                "/predict",
                json("{\"image\":\"data:image/png;base64,", "AAAA", "\"}", 2_097_000));
        worst.send("2 MiB of JSON: escapes", "/predict", json("{\"image\":\"", "\\u0041", "\"}", 2_097_000));
        worst.send("2 MiB of JSON: numbers", "/predict", json("{\"image\":[1", ",1", "]}", 2_097_000));
        worst.send("2 MiB of JSON: nested", "/predict", json("{\"image\":", "[", "", 2_097_000));
        worst.send("2 MiB of JSON: white space", "/predict", json("{", " ", "}", 2_097_000));
        worst.send(
                "1 Mpixel PNG in JSON",
                "/predict",
                ("{\"glyph\":true,\"legibility\":true,\"top\":62,\"image\":\"data:image/png;base64,"
                                + Base64.getEncoder().encodeToString(png(6, 8, false, 4)) + "\"}")
                        .getBytes(StandardCharsets.US_ASCII));
        worst.send("8 MiB of JSON: numbers", "/predict/batch", json("{\"images\":[1", ",1", "]}", 8_388_000));
        worst.send("8 MiB of JSON: a string", "/predict/batch", json("{\"images\":[\"", "x", "\"]}", 8_388_000));
        worst.send("257 images", "/predict/batch", json("{\"images\":[\"x\"", ",\"x\"", "]}", 1044));
    }

    private static byte[] json(String start, String part, String end, int length) {
        return (start + part.repeat((length - start.length() - end.length()) / part.length()) + end)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A PNG of the largest accepted size, filled with as much noise as fits into 1.9 MB. */
    private static byte[] png(int colourType, int depth, boolean interlaced, int filter) {
        int samples = PngFile.samplesPerPixel(colourType);
        int height = SIDE / (depth == 16 ? 4 : interlaced ? 2 : 1);
        PngFile png = new PngFile().header(SIDE, height, depth, colourType, interlaced);
        if (colourType == PALETTE) {
            byte[] palette = new byte[3 << depth];
            new Random(1).nextBytes(palette);
            png.chunk("PLTE", palette);
        }
        for (int noise = 256; ; noise /= 2) {
            byte[] packed = PngFile.deflate(rows(height, samples * depth, interlaced, filter, noise));
            if (packed.length < 1_900_000) {
                return png.chunk("IDAT", packed).end();
            }
        }
    }

    private static byte[] rows(int height, int bits, boolean interlaced, int filter, int noise) {
        int[][] passes = interlaced
                ? new int[][] {
                    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
                }
                : new int[][] {{0, 0, 1, 1}};
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        Random random = new Random(2);
        for (int[] pass : passes) {
            int width = (SIDE - pass[0] + pass[2] - 1) / pass[2];
            for (int y = pass[1]; y < height; y += pass[3]) {
                rows.write(filter);
                for (int i = 0; i < (width * bits + 7) / 8; i++) {
                    rows.write(random.nextInt(noise));
                }
            }
        }
        return rows.toByteArray();
    }

    private static byte[] bomb() {
        return new PngFile()
                .header(SIDE, SIDE, 8, 0)
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
