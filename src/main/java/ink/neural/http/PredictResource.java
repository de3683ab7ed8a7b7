package ink.neural.http;

import ink.neural.api.PredictAnswer;
import ink.neural.api.RequestOptions;
import ink.neural.config.Configuration;
import ink.neural.prediction.BatchItem;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.PredictionResult;
import ink.neural.prediction.PredictionService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Predicts the characters on drawings. */
@ApplicationScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class PredictResource {
    @Inject
    Configuration configuration;

    @Inject
    JsonRequestReader reader;

    @Inject
    PredictionService service;

    /**
     * Predicts the drawing in {@code {"image":"data:image/png;base64,..."}}, in an image file, or in a form with a file.
     *
     * @param contentType what the client calls the body. Its bytes tell what it is
     * @param http its query may have the options {@code top}, {@code charset}, {@code glyph}, {@code ink} and
     *     {@code legibility}; JSON has them itself
     * @param body the request
     * @return the most likely characters, a {@link PredictAnswer}
     */
    @POST
    public Response predict(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @Context HttpServletRequest http,
            InputStream body) {
        PredictRequest<PredictionOptions> request = PredictRequest.of(
                RequestBody.of(contentType, body),
                RequestOptions.CHARACTER,
                new Query(http.getQueryString())::parameter,
                reader);
        PredictionResult result = service.predict(request.options(), request.file());
        return ModelHeader.on(PredictAnswer.of(result), Optional.of(result.model()));
    }

    /**
     * Predicts the drawings in {@code {"images":["data:image/png;base64,...", ...]}}.
     *
     * @param contentType what the client calls the body
     * @param body the request, with the options {@code top}, {@code charset}, {@code glyph}, {@code ink} and
     *     {@code legibility}
     * @return an answer or a problem for each drawing, a {@link BatchAnswer}
     */
    @POST
    @Path("batch")
    public Response predictBatch(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
        BatchRequest<PredictionOptions> request = BatchRequest.of(
                RequestBody.of(contentType, body), reader, RequestOptions.CHARACTER, configuration.maxBatch());
        List<BatchItem<PredictionResult>> items = service.predictAll(request.options(), request.files());
        return ModelHeader.on(
                BatchAnswer.of(items, PredictAnswer::of), BatchAnswer.modelOf(items, PredictionResult::model));
    }
}
