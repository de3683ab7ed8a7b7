package ink.neural.load;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Sends the dearest requests there are to a running server, one kind after another, and prints what each costs it: all
 * threads' time on the processor, as the system counts it.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.load.WorstCaseRequests -Dexec.args="PORT PID"</pre>
 */
public final class WorstCaseRequests {
    private static final int SIDE = 1024;
    private static final int WARM = 15;
    private static final int TIMES = 20;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;
    private final Path stat;

    private WorstCaseRequests(int port, String process) {
        address = URI.create("http://127.0.0.1:" + port);
        stat = Path.of("/proc", process, "stat");
    }

    /**
     * Sends the requests.
     *
     * @param args as said above
     * @throws Exception if the server does not answer
     */
    public static void main(String[] args) throws Exception {
        WorstCaseRequests worst = new WorstCaseRequests(Integer.parseInt(args[0]), args[1]);
        int[][] kinds = {{0, 8}, {0, 16}, {0, 1}, {2, 8}, {2, 16}, {3, 8}, {3, 1}, {4, 8}, {4, 16}, {6, 8}, {6, 16}};
        for (int[] kind : kinds) {
            for (boolean interlaced : new boolean[] {false, true}) {
                for (int filter : new int[] {0, 1, 2, 4}) {
                    worst.send(
                            "PNG, colours %d, %d bits%s, filter %d"
                                    .formatted(kind[0], kind[1], interlaced ? ", interlaced" : "", filter),
                            "/predict",
                            "image/png",
                            png(kind[0], kind[1], interlaced, filter));
                }
            }
        }
        worst.send("PNG with 50 MB behind its pixels", "/predict", "image/png", bomb());
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

    /** As large a PNG as is read, of noise as far as 1.9 MB hold it. */
    private static byte[] png(int colours, int depth, boolean interlaced, int filter) {
        int samples = new int[] {1, 0, 3, 1, 2, 0, 4}[colours];
        int height = SIDE / (depth == 16 ? 4 : interlaced ? 2 : 1);
        PngFile png = new PngFile().header(SIDE, height, depth, colours, interlaced);
        if (colours == 3) {
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
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(0.95f);
        how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream image = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(image);
            writer.write(null, new IIOImage(noise, null, null), how);
        }
        writer.dispose();
        return out.toByteArray();
    }

    private void send(String name, String path, byte[] json) throws Exception {
        send(name, path, "application/json", json);
    }

    private void send(String name, String path, String mediaType, byte[] body) throws Exception {
        measure(
                name,
                body.length,
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Content-Type", mediaType)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    private void measure(String name, int length, HttpRequest.Builder builder) throws Exception {
        HttpRequest request = builder.build();
        int status = 0;
        for (int i = 0; i < WARM; i++) {
            status = CLIENT.send(request, BodyHandlers.ofString()).statusCode();
        }
        long before = ticks();
        for (int i = 0; i < TIMES; i++) {
            CLIENT.send(request, BodyHandlers.ofString());
        }
        System.out.printf("%-50s %,11d bytes  %d  %5.1f ms%n", name, length, status, 10.0 * (ticks() - before) / TIMES);
    }

    /** Hundredths of a second that all threads of the server have run. */
    private long ticks() throws IOException {
        String[] fields = Files.readString(stat).replaceFirst(".*\\) ", "").split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
