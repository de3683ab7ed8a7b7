package ink.neural.benchmark;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/**
 * Writes image files for {@link DecodeFiles}: a letter on paper in uneven light, with the noise of a camera, and noise
 * alone, which is the worst case of most formats. WebP files are made of these with {@code cwebp}.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.benchmark.WriteFiles -Dexec.args=DIRECTORY</pre>
 */
public final class WriteFiles {
    private final Path directory;

    private WriteFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes the files.
     *
     * @param arguments a directory
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        new WriteFiles(Files.createDirectories(Path.of(arguments[0]))).writeAll();
    }

    private void writeAll() throws IOException {
        write("photo-12mp.jpg", photo(4000, 3000), null, false);
        write("photo-3mp-progressive.jpg", photo(2000, 1500), null, true);
        write("canvas-16mp.png", canvas(4096), null, false);
        BufferedImage photo = photo(1152, 864);
        write("photo.jpg", photo, null, false);
        write("photo.png", photo, null, false);
        write("photo-interlaced.png", photo, null, true);
        write("photo.gif", indexed(photo), null, false);
        write("photo.bmp", photo, "BI_RGB", false);
        write("photo-runs.bmp", indexed(photo), "BI_RLE8", false);
        write("photo.tiff", photo, null, false);
        write("photo-packbits.tiff", photo, "PackBits", false);
        write("photo-lzw.tiff", photo, "LZW", false);
        write("photo-deflate.tiff", photo, "Deflate", false);
        BufferedImage noise = noise(BufferedImage.TYPE_3BYTE_BGR);
        write("noise.jpg", noise, null, false);
        write("noise-progressive.jpg", noise, null, true);
        write("noise.png", noise, null, false);
        write("noise-alpha.png", noise(BufferedImage.TYPE_INT_ARGB), null, false);
        write("noise.gif", indexed(noise), null, false);
        write("noise-lzw.tiff", noise, "LZW", false);
    }

    private static BufferedImage photo(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(205, 195, 175), width, height, new Color(120, 112, 100)));
        pen.fillRect(0, 0, width, height);
        pen.setColor(new Color(35, 35, 90));
        pen.setStroke(new BasicStroke(width / 40f));
        pen.drawLine(width / 3, height / 4, width / 3, 3 * height / 4);
        pen.drawLine(width / 3, height / 4, width / 2, height / 4);
        pen.drawLine(width / 3, height / 2, width / 2, height / 2);
        pen.dispose();
        Random random = new Random(1);
        double[] pixel = new double[3];
        for (int i = 0; i < width * height; i++) {
            image.getRaster().getPixel(i % width, i / width, pixel);
            double brightness = 4 * random.nextGaussian();
            for (int band = 0; band < 3; band++) {
                pixel[band] = Math.max(0, Math.min(255, pixel[band] + brightness + 2 * random.nextGaussian()));
            }
            image.getRaster().setPixel(i % width, i / width, pixel);
        }
        return image;
    }

    private static BufferedImage noise(int type) {
        BufferedImage image = new BufferedImage(1024, 1024, type);
        Random random = new Random(2);
        for (int i = 0; i < 1 << 20; i++) {
            image.setRGB(i % 1024, i / 1024, random.nextInt());
        }
        return image;
    }

    private static BufferedImage canvas(int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(side / 14f));
        pen.drawOval(side / 4, side / 4, side / 2, side / 2);
        pen.dispose();
        return image;
    }

    private static BufferedImage indexed(BufferedImage image) {
        BufferedImage indexed = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D pen = indexed.createGraphics();
        pen.drawImage(image, 0, 0, null);
        pen.dispose();
        return indexed;
    }

    private void write(String name, BufferedImage image, String compression, boolean progressive) throws IOException {
        String suffix = name.substring(name.indexOf('.') + 1);
        ImageWriter writer = ImageIO.getImageWritersBySuffix(suffix).next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (compression != null) {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType(compression);
        }
        if (progressive) {
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
