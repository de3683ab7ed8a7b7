package ink.neural.http;

import ink.neural.api.RequestOptions;
import ink.neural.api.TextAnswer;
import ink.neural.config.Configuration;
import ink.neural.prediction.BatchItem;
import ink.neural.prediction.TextOptions;
import ink.neural.prediction.TextResult;
import ink.neural.prediction.TextService;
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

/** Reads the text on pictures. */
@ApplicationScoped
@Path("text")
@Produces(MediaType.APPLICATION_JSON)
public class TextResource {
    @Inject
    Configuration configuration;

    @Inject
    JsonRequestReader reader;

    @Inject
    TextService service;

    /**
     * Reads the text in {@code {"image":"data:image/png;base64,..."}}, in an image file, or in a form with a file.
     *
     * @param contentType what the client calls the body. Its bytes tell what it is
     * @param http its query may have the options but {@code words}; JSON has them itself
     * @param body the request
     * @return the most likely text, a {@link TextAnswer}
     */
    @POST
    public Response read(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @Context HttpServletRequest http,
            InputStream body) {
        PredictRequest<TextOptions> request = PredictRequest.of(
                RequestBody.of(contentType, body),
                RequestOptions.TEXT,
                new Query(http.getQueryString())::parameter,
                reader);
        TextResult result = service.read(request.options(), request.file());
        return ModelHeader.on(TextAnswer.of(result), Optional.of(result.model()));
    }

    /**
     * Reads the texts in {@code {"images":["data:image/png;base64,...", ...]}}.
     *
     * @param contentType what the client calls the body
     * @param body the request, with the options for all images
     * @return an answer or a problem for each image, a {@link BatchAnswer}
     */
    @POST
    @Path("batch")
    public Response readBatch(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
        BatchRequest<TextOptions> request = BatchRequest.of(
                RequestBody.of(contentType, body), reader, RequestOptions.TEXT, configuration.maxBatch());
        List<BatchItem<TextResult>> items = service.readAll(request.options(), request.files());
        return ModelHeader.on(BatchAnswer.of(items, TextAnswer::of), BatchAnswer.modelOf(items, TextResult::model));
    }
}
