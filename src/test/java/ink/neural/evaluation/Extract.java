package ink.neural.evaluation;

import ink.neural.drawing.DrawingDecoder;
import ink.neural.drawing.InvalidImageException;
import ink.neural.glyph.Fit;
import ink.neural.glyph.GlyphNormalizer;
import ink.neural.glyph.GlyphSpec;
import ink.neural.glyph.Orientation;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Extracts the ink of pictures as the program does, for training:
 *
 * <pre>mvn -q test-compile exec:java@extract -Dexec.args="PICTURES GLYPHS"</pre>
 *
 * <p>PICTURES is a folder or a ZIP file of pictures. GLYPHS will be an IDX file of upright glyphs of 28 x 28 pixels, in the
 * order of the pictures' names. All pixels are 0 where nothing can be distinguished from the paper.
 */
public final class Extract {
    private static final GlyphNormalizer NORMALIZER =
            new GlyphNormalizer(new GlyphSpec(28, 24, Fit.ASPECT, Orientation.UPRIGHT));
    private static final DrawingDecoder DECODER = new DrawingDecoder(1 << 14, 1 << 24);
    private static final int HEADER = 16;

    private Extract() {}

    /**
     * Writes the glyphs, and prints of how many pictures there are none.
     *
     * @param args the arguments that the class comment describes
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: PICTURES GLYPHS");
        }
        Path source = Path.of(args[0]);
        if (Files.isDirectory(source)) {
            extract(source, Path.of(args[1]));
        } else {
            try (FileSystem zip = FileSystems.newFileSystem(source)) {
                extract(zip.getPath("/"), Path.of(args[1]));
            }
        }
    }

    /** Each glyph is written to its place as soon as it is known, so the memory needed does not grow with the pictures. */
    private static void extract(Path folder, Path glyphs) throws IOException {
        List<Path> pictures = pictures(folder);
        try (FileChannel file = FileChannel.open(
                glyphs, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            file.write(header(pictures.size()), 0);
            long empty = IntStream.range(0, pictures.size())
                    .parallel()
                    .mapToObj(i -> write(glyph(pictures.get(i)), file, i))
                    .filter(inked -> !inked)
                    .count();
            System.out.printf("%d pictures, of which %d without ink%n", pictures.size(), empty);
        }
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static ByteBuffer header(int count) {
        int size = NORMALIZER.spec().size();
        return ByteBuffer.allocate(HEADER)
                .putInt(IdxDataset.IMAGES)
                .putInt(count)
                .putInt(size)
                .putInt(size)
                .flip();
    }

    /** The glyph of a picture, each pixel an unsigned byte; all are 0 if there is no ink. */
    private static byte[] glyph(Path picture) {
        byte[] glyph = new byte[NORMALIZER.spec().size() * NORMALIZER.spec().size()];
        try {
            Ink ink = InkExtractor.extract(DECODER.decode(Files.readAllBytes(picture)));
            float[] pixels = NORMALIZER.normalize(ink).pixels();
            for (int i = 0; i < glyph.length; i++) {
                glyph[i] = (byte) Math.round(255 * pixels[i]);
            }
        } catch (EmptyDrawingException noInk) {
            return glyph;
        } catch (InvalidImageException e) {
            throw new IllegalArgumentException(picture + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return glyph;
    }

    /** Writes a glyph to its place and tells whether there is any ink on it. */
    private static boolean write(byte[] glyph, FileChannel file, int index) {
        try {
            file.write(ByteBuffer.wrap(glyph), HEADER + (long) index * glyph.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return IntStream.range(0, glyph.length).anyMatch(i -> glyph[i] != 0);
    }
}
