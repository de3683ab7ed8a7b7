package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import ink.neural.api.PredictAnswer;
import ink.neural.config.Configuration;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.Predictions;
import ink.neural.problem.ProblemException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;

/** Every body is answered or refused, and never makes the program fail. */
class RequestFuzzTest {
    private static final PredictResource RESOURCE = resource();

    private static PredictResource resource() {
        Configuration configuration = Predictions.quarters();
        PredictResource resource = new PredictResource();
        resource.configuration = configuration;
        resource.reader = new JsonRequestReader(configuration, new ConcurrencyLimiter(configuration));
        resource.service = Predictions.service(configuration, Predictions.holder(configuration));
        return resource;
    }

    @FuzzTest(maxDuration = "60m")
    void bodyIsAnsweredOrRefused(byte[] body) {
        try {
            Response response = RESOURCE.predict(null, Queries.none(), new ByteArrayInputStream(body));
            assertFalse(((PredictAnswer) response.getEntity()).predictions().isEmpty());
        } catch (RuntimeException thrown) {
            assertTrue(ProblemException.find(thrown).isPresent(), () -> String.valueOf(thrown));
        }
    }
}
