package ink.neural.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final Decoder DECODER = new Decoder(Frames.ALPHABET, DecoderParameters.DEFAULT);

    @Test
    void probabilitiesAreTheSumsOverAllPaths() {
        Alphabet alphabet = new Alphabet("ab");
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            float[][] frames = Frames.random(random, 1 + random.nextInt(4), alphabet.size(), 3);
            Map<String, Double> exact = ExactSearch.probabilities(alphabet, frames, text -> true);
            List<Hypothesis> found = new Decoder(alphabet, DecoderParameters.DEFAULT)
                    .decode(frames, DecodingOptions.NONE, 100)
                    .hypotheses();
            Map<String, Double> probabilities =
                    found.stream().collect(Collectors.toMap(Hypothesis::text, Hypothesis::probability));
            for (String text : exact.keySet()) {
                assertEquals(exact.get(text), probabilities.getOrDefault(text, 0.0), 1e-4);
            }
        }
    }

    @Test
    void theTextInTheFramesIsRead() {
        NBestList list =
                DECODER.decode(Frames.showing(Frames.ALPHABET, "QX-4071 $5.00", 0.99), DecodingOptions.NONE, 3);
        assertEquals("QX-4071 $5.00", list.hypotheses().get(0).text());
        assertEquals(13, list.spans().size());
        assertEquals(4, list.spans().get(1).first());
        assertEquals(5, list.spans().get(1).last());
        assertTrue(list.spans().get(1).confidence() > 0.98);
    }

    @Test
    void theDictionaryPrefersWords() {
        float[][] frames = Frames.showing(Frames.ALPHABET, "hello", 0.99);
        for (int t : new int[] {4, 5}) {
            Frames.share(Frames.ALPHABET, frames[t], 'e', 'c', 0.7);
        }
        assertEquals(
                "hcllo",
                DECODER.decode(frames, DecodingOptions.NONE, 1)
                        .hypotheses()
                        .get(0)
                        .text());
        DecodingOptions english = new DecodingOptions(Optional.empty(), Optional.empty(), Optional.empty(), true, "");
        assertEquals(
                "hello", DECODER.decode(frames, english, 1).hypotheses().get(0).text());
    }
}
