package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ink.neural.Sketch;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** One sketch in several file formats, and what tests need to change these files and to decode the result. */
final class SampleFiles {
    static final DrawingDecoder DECODER = new DrawingDecoder(4096, 1024 * 1024);

    private static final Sketch SKETCH =
            Sketch.paper(24, 20, Color.WHITE, Color.BLACK, 3).f(5, 3, 0.1);
    static final byte[] PNG = SKETCH.png();
    static final byte[] GREY_PNG = Sketch.encode(SKETCH.as(BufferedImage.TYPE_BYTE_GRAY), "png");
    static final byte[] PALETTE_PNG = Sketch.encode(SKETCH.as(BufferedImage.TYPE_BYTE_INDEXED), "png");
    static final byte[] JPEG = jpeg(SKETCH.as(BufferedImage.TYPE_3BYTE_BGR), false);
    static final byte[] PROGRESSIVE_JPEG = jpeg(SKETCH.as(BufferedImage.TYPE_3BYTE_BGR), true);

    private SampleFiles() {}

    static final byte[] INTERLACED_PNG = write("png", SKETCH.image(), null, true);
    static final byte[] CMYK_JPEG = resource("/cmyk.jpg");
    static final byte[] GIF = write("gif", SKETCH.as(BufferedImage.TYPE_BYTE_INDEXED), null, false);
    static final byte[] INTERLACED_GIF = write("gif", SKETCH.as(BufferedImage.TYPE_BYTE_INDEXED), null, true);
    static final byte[] BMP = write("bmp", SKETCH.as(BufferedImage.TYPE_3BYTE_BGR), null, false);
    static final byte[] RLE_BMP = write("bmp", SKETCH.as(BufferedImage.TYPE_BYTE_INDEXED), "BI_RLE8", false);
    static final byte[] TIFF = write("tiff", SKETCH.as(BufferedImage.TYPE_BYTE_BINARY), null, false);
    static final byte[] LZW_TIFF = write("tiff", SKETCH.image(), "LZW", false);
    static final byte[] DEFLATE_TIFF = write("tiff", SKETCH.image(), "Deflate", false);
    static final byte[] PACK_BITS_TIFF = write("tiff", SKETCH.image(), "PackBits", false);
    static final byte[] LOSSY_WEBP = resource("/webp/lossy-17x33.webp");
    static final byte[] LOSSY_WEBP_WITH_ALPHA = resource("/webp/lossy-alpha-reduced.webp");
    static final byte[] LOSSLESS_WEBP = resource("/webp/lossless-alpha.webp");
    static final byte[] ANIMATED_WEBP = resource("/webp/animation.webp");

    /** Files of which each byte matters. */
    static List<byte[]> all() {
        return List.of(
                PNG,
                GREY_PNG,
                PALETTE_PNG,
                INTERLACED_PNG,
                JPEG,
                PROGRESSIVE_JPEG,
                CMYK_JPEG,
                BMP,
                LOSSY_WEBP,
                LOSSY_WEBP_WITH_ALPHA,
                LOSSLESS_WEBP,
                ANIMATED_WEBP);
    }

    /** Files whose last bytes may be missing: the end of a GIF, the padding of a BMP, what a TIFF does not use. */
    static List<byte[]> withNeedlessEnd() {
        return List.of(GIF, INTERLACED_GIF, RLE_BMP, TIFF, LZW_TIFF, DEFLATE_TIFF, PACK_BITS_TIFF);
    }

    static List<byte[]> everyKind() {
        return Stream.concat(all().stream(), withNeedlessEnd().stream()).toList();
    }

    static byte[] resource(String name) {
        try (InputStream in = SampleFiles.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] jpeg(BufferedImage image, boolean progressive) {
        return write("jpeg", image, null, progressive);
    }

    /**
     * Writes an image with ImageIO.
     *
     * @param compression the writer's name for it, or null for its default
     * @param progressive whether a JPEG is progressive, or a PNG or GIF interlaced
     */
    static byte[] write(String format, BufferedImage image, String compression, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (compression != null) {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType(compression);
        }
        if (parameters.canWriteProgressive()) {
            parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] insert(byte[] file, int at, byte[] part) {
        return join(Arrays.copyOf(file, at), part, Arrays.copyOfRange(file, at, file.length));
    }

    /** Parses a file with the limits of the server. */
    static ImageFile parse(byte[] file) {
        return new DrawingDecoder(16_384, 16 << 20).parse(file);
    }

    /** Decodes a file within five seconds. */
    static Drawing decode(byte[] file) {
        return assertTimeoutPreemptively(Duration.ofSeconds(5), () -> DECODER.decode(file));
    }

    /** Asserts that a file is refused within five seconds, and returns the refusal. */
    static InvalidImageException refusal(byte[] file) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThrows(InvalidImageException.class, () -> DECODER.decode(file)));
    }
}
