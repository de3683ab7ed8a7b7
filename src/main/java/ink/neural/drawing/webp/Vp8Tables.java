package ink.neural.drawing.webp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The tables of VP8 (RFC 6386), which are read from a file beside this class. */
final class Vp8Tables {
    private static final int MODES = 10;
    private static final int MODE_PROBABILITIES = 9;
    private static final int COEFFICIENT_PROBABILITIES = 4 * 8 * 3 * 11;
    private static final int QUANTISERS = 128;

    /** The probabilities of the modes of subblocks, by the modes above and on the left: 10 x 10 x 9. */
    static final int[] SUBBLOCK_MODES;
    /** The probabilities that those of coefficients are updated: 4 types, 8 bands, 3 contexts, 11 branches. */
    static final int[] COEFFICIENT_UPDATES;
    /** The probabilities of coefficients, unless they are updated. */
    static final int[] COEFFICIENTS;
    /** The quantisers of the first coefficient of a block. */
    static final int[] DC_QUANTISERS;
    /** The quantisers of the other coefficients. */
    static final int[] AC_QUANTISERS;

    static {
        int[] numbers = read();
        int at = MODES * MODES * MODE_PROBABILITIES;
        SUBBLOCK_MODES = Arrays.copyOf(numbers, at);
        COEFFICIENT_UPDATES = Arrays.copyOfRange(numbers, at, at += COEFFICIENT_PROBABILITIES);
        COEFFICIENTS = Arrays.copyOfRange(numbers, at, at += COEFFICIENT_PROBABILITIES);
        DC_QUANTISERS = Arrays.copyOfRange(numbers, at, at += QUANTISERS);
        AC_QUANTISERS = Arrays.copyOfRange(numbers, at, at + QUANTISERS);
    }

    private Vp8Tables() {}

    private static int[] read() {
        try (InputStream in = Vp8Tables.class.getResourceAsStream("vp8-tables.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" ")))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
