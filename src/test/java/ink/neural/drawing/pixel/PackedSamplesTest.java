package ink.neural.drawing.pixel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Compares the packed arithmetic with the plain definitions in the PNG specification, for every possible input. */
class PackedSamplesTest {
    /** Packs four samples that differ from each other, so that a carry into a neighbour would show. */
    private static int pack(int a, int b, int c, int d) {
        return a & 0xFF | (b & 0xFF) << 8 | (c & 0xFF) << 16 | (d & 0xFF) << 24;
    }

    private static int sample(int packed, int index) {
        return packed >>> 8 * index & 0xFF;
    }

    /** The PaethPredictor function of the PNG specification, section 9.4. */
    private static int paeth(int a, int b, int c) {
        int p = a + b - c;
        int pa = Math.abs(p - a);
        int pb = Math.abs(p - b);
        int pc = Math.abs(p - c);
        if (pa <= pb && pa <= pc) {
            return a;
        }
        return pb <= pc ? b : c;
    }

    @Test
    void additionIsModulo256PerSample() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                int sum = PackedSamples.add(pack(a, b, a, 255), pack(b, 255, 0, a));
                assertEquals(pack(a + b, b + 255, a, 255 + a), sum);
            }
        }
    }

    @Test
    void averageIsRoundedDown() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                int average = PackedSamples.average(pack(a, b, a, 255), pack(b, 255, 0, a));
                assertEquals(pack((a + b) / 2, (b + 255) / 2, a / 2, (255 + a) / 2), average);
            }
        }
    }

    @Test
    void packingUndoesSpreading() {
        for (int a = 0; a < 256; a++) {
            int packed = pack(a, 255 - a, a + 85, 171 - a);
            long spread = PackedSamples.spread(packed);
            for (int i = 0; i < 4; i++) {
                assertEquals(sample(packed, i), spread >>> 16 * i & 0xFFFF);
            }
            assertEquals(packed, PackedSamples.pack(spread));
        }
    }

    @Test
    void spreadAdditionIsModulo256PerSample() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                int x = pack(a, b, a, 255);
                int y = pack(b, 255, 0, a);
                long sum = PackedSamples.addSpread(PackedSamples.spread(x), PackedSamples.spread(y));
                assertEquals(PackedSamples.add(x, y), PackedSamples.pack(sum));
            }
        }
    }

    @Test
    void paethPredictorIsThatOfTheSpecification() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                for (int c = 0; c < 256; c += 4) {
                    int left = pack(a, a, a, a);
                    int up = pack(b, b, b, b);
                    int corner = pack(c, c + 1, c + 2, c + 3);
                    long predicted = PackedSamples.paeth(
                            PackedSamples.spread(left), PackedSamples.spread(up), PackedSamples.spread(corner));
                    int expected = pack(paeth(a, b, c), paeth(a, b, c + 1), paeth(a, b, c + 2), paeth(a, b, c + 3));
                    assertEquals(expected, PackedSamples.pack(predicted));
                }
            }
        }
    }

    @Test
    void paethPredictorTreatsSamplesIndependently() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                int left = pack(a, b, 0, 255);
                int up = pack(b, 255, a, 0);
                int corner = pack(255, a, b, a);
                long predicted = PackedSamples.paeth(
                        PackedSamples.spread(left), PackedSamples.spread(up), PackedSamples.spread(corner));
                assertEquals(
                        pack(paeth(a, b, 255), paeth(b, 255, a), paeth(0, a, b), paeth(255, 0, a)),
                        PackedSamples.pack(predicted));
            }
        }
    }
}
