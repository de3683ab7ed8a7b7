package ink.neural.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractTest {
    private static final int GLYPH = 28 * 28;
    private static final List<Golden> DRAWINGS = Golden.all();

    @TempDir
    Path folder;

    private Path pictures;

    /** The golden drawings, and after them a blank one. */
    @BeforeEach
    void writePictures() throws IOException {
        pictures = Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < DRAWINGS.size(); i++) {
            Files.write(
                    pictures.resolve("%03d.png".formatted(i)), DRAWINGS.get(i).png());
        }
        Files.write(pictures.resolve("999.png"), Sketch.paper().png());
    }

    private ByteBuffer extract(Path source) throws IOException {
        Path glyphs = folder.resolve("glyphs");
        Extract.main(new String[] {source.toString(), glyphs.toString()});
        return ByteBuffer.wrap(Files.readAllBytes(glyphs));
    }

    @Test
    void writesGlyphsAsAnIdxFileInTheOrderOfNames() throws IOException {
        ByteBuffer idx = extract(pictures);
        assertEquals(0x00000803, idx.getInt());
        assertEquals(DRAWINGS.size() + 1, idx.getInt());
        assertEquals(28, idx.getInt());
        assertEquals(28, idx.getInt());
        for (Golden drawing : DRAWINGS) {
            for (float expected : drawing.tensor()) {
                assertEquals(255 * expected, idx.get() & 0xFF, 1, drawing.name());
            }
        }
        assertEquals(GLYPH, idx.remaining());
    }

    @Test
    void allPixelsAreZeroWhereNothingIsDrawn() throws IOException {
        byte[] idx = extract(pictures).array();
        for (int i = idx.length - GLYPH; i < idx.length; i++) {
            assertEquals(0, idx[i]);
        }
    }

    @Test
    void readsZipFilesToo() throws IOException {
        Path zip = folder.resolve("pictures.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("999.png", "000.png")) {
                out.putNextEntry(new ZipEntry(name));
                Files.copy(pictures.resolve(name), out);
            }
        }
        Files.delete(pictures.resolve("999.png"));
        byte[] all = extract(pictures).array();
        byte[] two = extract(zip).array();
        assertEquals(16 + 2 * GLYPH, two.length);
        for (int i = 16; i < 16 + GLYPH; i++) {
            assertEquals(all[i], two[i]);
        }
    }

    @Test
    void damagedPicturesAreNamed() throws IOException {
        Files.write(pictures.resolve("100.png"), "no picture".getBytes(UTF_8));
        Exception e = assertThrows(IllegalArgumentException.class, () -> extract(pictures));
        assertTrue(e.getMessage().contains("100.png"), e.getMessage());
    }
}
