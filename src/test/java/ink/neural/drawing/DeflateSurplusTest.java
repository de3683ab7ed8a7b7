package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.decode;
import static ink.neural.drawing.SampleFiles.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.InvalidImageException.Reason;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed pixels take no more time than their number and their bytes suggest. */
class DeflateSurplusTest {
    private static final int MIB = 1 << 20;

    private static byte[] png(int side, byte[] deflated) {
        return new PngFile().header(side, side, 8, 0).chunk("IDAT", deflated).end();
    }

    /** A stored block, as of noise, after many empty ones. */
    private static byte[] emptyBlocks(int length, boolean dynamic, int side) {
        DeflateBlocks blocks = new DeflateBlocks();
        while (blocks.length() < length) {
            if (dynamic) {
                blocks.dynamic(0);
            } else {
                blocks.emptyFixed();
            }
        }
        return blocks.stored(new byte[side * (side + 1)], 0, side * (side + 1)).end();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void emptyBlocksAreRefused(boolean dynamic) {
        InvalidImageException refusal = refusal(png(8, emptyBlocks(MIB / 4, dynamic, 8)));
        assertEquals(Reason.NOT_AN_IMAGE, refusal.reason());
        assertTrue(refusal.getMessage().contains("compressed pixels"), refusal.getMessage());
    }

    @Test
    void aFewEmptyBlocksAreRead() {
        assertEquals(8, decode(png(8, emptyBlocks(1000, true, 8))).width());
    }

    @Test
    void emptyBlocksInManyStripsAreRefused() {
        TiffFile tiff = new TiffFile(8, 64, 1, 1, 8).tag(259, 8).tag(278, 1);
        for (int i = 0; i < 64; i++) {
            byte[] strip = new DeflateBlocks().stored(new byte[8], 0, 8).end();
            tiff.strip(i == 0 ? strip : emptyBlocks(MIB / 256, true, 3));
        }
        assertTrue(refusal(tiff.end()).getMessage().contains("compressed pixels"));
    }

    @Test
    void noiseInTheSmallestStoredBlocksOfAnEncoderIsRead() {
        byte[] rows = new byte[300 * 301];
        new Random(1).nextBytes(rows);
        DeflateBlocks blocks = new DeflateBlocks();
        for (int at = 0; at < rows.length; at += 301) {
            rows[at] = 0;
            blocks.stored(rows, at, 301);
        }
        assertEquals(300, decode(png(300, blocks.end())).width());
    }

    @Test
    void anInflaterIsStoppedEarly() throws DataFormatException {
        byte[] stream = emptyBlocks(2 * MIB, true, 8);
        Inflater inflater = new Inflater();
        DeflateSurplus surplus = new DeflateSurplus();
        int given = 0;
        try {
            for (; given < stream.length; given += DeflateSurplus.PIECE) {
                surplus.check(inflater);
                inflater.setInput(stream, given, Math.min(DeflateSurplus.PIECE, stream.length - given));
                inflater.inflate(new byte[100]);
            }
        } catch (InvalidImageException e) {
            assertTrue(given < MIB / 8, "inflated " + given + " bytes");
            return;
        } finally {
            inflater.end();
        }
        throw new AssertionError("the whole stream was inflated");
    }

    @Test
    void theWeightOfAPngCountsItsBytes() {
        byte[] bytes = new byte[3 * MIB];
        assertEquals(6L * MIB, SampleFiles.parse(png(8, bytes)).weight());
        assertEquals(MIB, SampleFiles.parse(png(1024, new byte[10])).weight());
    }

    @Test
    void moreBytesThanPixelsMayCostAreRefused() {
        InvalidImageException refusal = refusal(png(8, new byte[MIB]));
        assertEquals(Reason.TOO_MANY_PIXELS, refusal.reason());
        assertTrue(
                refusal.getMessage().contains("%d pixels. The limit is %d".formatted(2 * MIB, MIB)),
                refusal.getMessage());
    }
}
