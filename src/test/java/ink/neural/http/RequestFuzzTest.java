package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import ink.neural.recognition.ModelFiles;
import ink.neural.recognition.Recognizer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;

/** Whatever the body of a request, it is answered or refused, and is never a fault of ours. */
class RequestFuzzTest {
    private static final PredictResource RESOURCE = resource();

    private static PredictResource resource() {
        Reader reader = new Reader();
        reader.admission = new Admission();
        reader.recognizer = new Recognizer(new ModelFiles(Path.of("src/test/resources/models"), "upright"));
        reader.metrics = new Metrics();
        reader.metrics.recognizer = reader.recognizer;
        PredictResource resource = new PredictResource();
        resource.reader = reader;
        return resource;
    }

    @FuzzTest(maxDuration = "60m")
    void answers(byte[] body) {
        try {
            assertTrue(RESOURCE.predict(new ByteArrayInputStream(body)).startsWith("{\"predictions\":["));
        } catch (RuntimeException thrown) {
            assertNotEquals(Problem.INTERNAL, ProblemMapper.refusal(thrown).problem(), () -> String.valueOf(thrown));
        }
    }
}
