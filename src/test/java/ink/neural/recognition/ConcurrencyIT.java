package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import ink.neural.Golden;
import ink.neural.LinuxProcess;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.InkExtractor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ConcurrencyIT {
    private static final int THREADS = 8;
    private static final int REQUESTS = 20_000;
    private static final DrawingDecoder DECODER = new DrawingDecoder(1000, 1_000_000);
    private static final List<byte[]> DRAWINGS =
            Golden.all().stream().map(Golden::png).toList();

    @Test
    void manyThreadsGetTheAnswersOfOneThreadAndMemoryDoesNotGrow() throws Exception {
        try (LoadedModel model = LoadedModel.load(ModelFiles.bundled())) {
            List<List<Prediction>> expected =
                    DRAWINGS.stream().map(png -> recognize(model, png)).toList();
            recognizeAll(model, expected, REQUESTS / 4);
            long before = residentKib();
            recognizeAll(model, expected, REQUESTS);
            long growth = residentKib() - before;
            System.out.printf(
                    "%,d predictions on %d threads: resident memory %+,d KiB, from %,d KiB%n",
                    REQUESTS, THREADS, growth, before);
            assertTrue(growth < 32 * 1024, "resident memory grew by " + growth + " KiB");
        }
    }

    private static void recognizeAll(LoadedModel model, List<List<Prediction>> expected, int count) throws Exception {
        Concurrently.run(THREADS, count, i -> {
            int drawing = i * 31 % DRAWINGS.size();
            assertEquals(expected.get(drawing), recognize(model, DRAWINGS.get(drawing)));
            return null;
        });
    }

    private static List<Prediction> recognize(LoadedModel model, byte[] png) {
        return model.recognize(model.normalize(InkExtractor.extract(DECODER.decode(png))))
                .top(3);
    }

    private static long residentKib() throws IOException {
        System.gc();
        return LinuxProcess.current().residentKib();
    }
}
