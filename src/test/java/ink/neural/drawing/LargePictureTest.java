package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures as large as the defaults allow, decoded in a virtual machine with little memory. */
class LargePictureTest {
    /** The file, the drawing and the virtual machine itself must do with this; a request's body comes on top. */
    private static final List<String> HEAP =
            List.of("-Xmx24m", "-Xmn2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final DrawingDecoder DECODER = new DrawingDecoder(16384, 1 << 24);

    /** Decodes each file that is named, and prints the size of the drawing. */
    static final class Decode {
        public static void main(String[] files) throws Exception {
            for (String file : files) {
                Drawing drawing = DECODER.decode(Files.readAllBytes(Path.of(file)));
                System.out.println(drawing.width() + " " + drawing.height());
            }
        }
    }

    /** A thick ring on yellowish paper. */
    private static BufferedImage picture(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(250, 240, 200));
        pen.fillRect(0, 0, width, height);
        pen.setColor(new Color(20, 20, 120));
        pen.setStroke(new BasicStroke(width / 10f));
        pen.drawOval(width / 4, height / 4, width / 2, height / 2);
        pen.dispose();
        return image;
    }

    private static byte[] png(int side, int depth, boolean interlaced) {
        long bits = 4L * depth * side;
        int rows = interlaced ? 15 * side / 8 + 7 : side;
        return new PngFile()
                .header(side, side, depth, 6, interlaced)
                .pixels(new byte[(int) ((1 + bits / 8) * rows)])
                .end();
    }

    @Test
    void largestPicturesOfEveryKindAreDecodedInLittleMemory(@TempDir Path directory) throws Exception {
        BufferedImage large = picture(4096, 4096, BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage medium = picture(2048, 2048, BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage indexed = picture(4096, 4096, BufferedImage.TYPE_BYTE_INDEXED);
        List<byte[]> files = List.of(
                Sketch.encode(large, "png"),
                png(4096, 8, false),
                png(2880, 8, true),
                png(2048, 16, false),
                png(2048, 16, true),
                SampleFiles.jpeg(large, false),
                SampleFiles.jpeg(medium, true),
                SampleFiles.write("gif", indexed, null, false),
                SampleFiles.write("gif", indexed, null, true),
                SampleFiles.write("bmp", indexed, "BI_RLE8", false),
                SampleFiles.write("tiff", medium, "LZW", false),
                SampleFiles.write("tiff", medium, "Deflate", false));
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(HEAP);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Decode.class.getName()));
        for (byte[] file : files) {
            assertTrue(file.length < 8_000_000, command.toString());
            Path path = directory.resolve(command.size() + ".image");
            Files.write(path, file);
            command.add(path.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        assertEquals(files.size(), output.lines().count(), output);
        output.lines().forEach(line -> {
            String[] size = line.split(" ");
            int pixels = Integer.parseInt(size[0]) * Integer.parseInt(size[1]);
            assertTrue(pixels > 900_000 && pixels <= BoxFilter.MAX_PIXELS, line);
        });
    }

    @Test
    void sidesMayBeLong() {
        byte[] wide =
                new PngFile().header(16384, 3, 8, 0).pixels(new byte[3 * 16385]).end();
        assertEquals(16384, DECODER.decode(wide).width());
        byte[] high =
                new PngFile().header(3, 16384, 8, 0).pixels(new byte[4 * 16384]).end();
        assertEquals(16384, DECODER.decode(high).height());
    }
}
