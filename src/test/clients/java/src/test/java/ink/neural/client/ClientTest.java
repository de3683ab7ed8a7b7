package ink.neural.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.client.api.AboutApi;
import ink.neural.client.api.RecogniseApi;
import ink.neural.client.api.RecogniseApi.APIPredictBatchRequest;
import ink.neural.client.api.RecogniseApi.APIPredictRequest;
import ink.neural.client.model.Answer;
import ink.neural.client.model.BatchRequest;
import ink.neural.client.model.BatchResult;
import ink.neural.client.model.PredictRequest;
import ink.neural.client.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The client that openapi-generator makes works with the server that the system property {@code server} names. */
class ClientTest {
    private static final ApiClient CLIENT = new ApiClient();
    private static final String DRAWINGS = "../../resources/golden/";

    static {
        CLIENT.updateBaseUri(System.getProperty("server"));
    }

    private final RecogniseApi recognise = new RecogniseApi(CLIENT);
    private final AboutApi about = new AboutApi(CLIENT);

    private static String dataUrl(String drawing) throws IOException {
        byte[] png = Files.readAllBytes(Path.of(DRAWINGS, drawing + ".png"));
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    private Answer predict(PredictRequest request) throws ApiException {
        return recognise.predict(
                APIPredictRequest.newBuilder().predictRequest(request).build());
    }

    @Test
    void drawingIsPredicted() throws Exception {
        PredictRequest request =
                new PredictRequest().image(dataUrl("upper-r")).top(2).charset("letters").legibility(true);
        Answer answer = predict(request);
        assertEquals(2, answer.getPredictions().size());
        assertEquals("R", answer.getPredictions().get(0).getLabel());
        assertTrue(answer.getPredictions().get(0).getConfidence().doubleValue() > 0.9);
        assertTrue(answer.getLegibility().doubleValue() > 0.5);
        assertNull(answer.getGlyph());
    }

    @Test
    void eachImageOfABatchHasAResult() throws Exception {
        BatchRequest request = new BatchRequest().images(List.of(dataUrl("digit-3"), "data:image/png;base64,AAAA"));
        List<BatchResult> results = recognise
                .predictBatch(APIPredictBatchRequest.newBuilder().batchRequest(request).build())
                .getResults();
        assertEquals("3", results.get(0).getPredictions().get(0).getLabel());
        assertEquals("urn:neural-ink:problem:not-an-image", results.get(1).getType());
    }

    @Test
    void problemIsInTheException() throws Exception {
        PredictRequest request = new PredictRequest().image(dataUrl("upper-r")).top(0);
        ApiException thrown = assertThrows(ApiException.class, () -> predict(request));
        assertEquals(400, thrown.getCode());
        Problem problem = CLIENT.getObjectMapper().readValue(thrown.getResponseBody(), Problem.class);
        assertEquals("urn:neural-ink:problem:bad-option", problem.getType());
        assertTrue(problem.getDetail().contains("top"));
    }

    @Test
    void modelAndHealthAreDescribed() throws Exception {
        assertEquals(62, about.model().getClasses().size());
        assertEquals("up", about.ready().getStatus());
        assertTrue(about.metrics().contains("neural_ink_model_info"));
    }
}
