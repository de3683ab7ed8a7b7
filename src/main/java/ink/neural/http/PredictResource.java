package ink.neural.http;

import ink.neural.config.Configuration;
import ink.neural.prediction.PredictionService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

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
     * Predicts the drawing in {@code {"image":"data:image/png;base64,..."}}.
     *
     * @param body the request, with the options {@code top}, {@code charset}, {@code glyph}, {@code ink} and
     *     {@code legibility}
     * @return the most likely characters
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public PredictAnswer predict(InputStream body) {
        PredictRequest request = PredictRequest.of(reader.read(body));
        return PredictAnswer.of(service.predict(request.options(), request.file()));
    }

    /**
     * Predicts the drawing that is the body itself.
     *
     * @param file an image file. Its bytes tell its format, whatever the media type says
     * @param uri its query may have the options {@code top}, {@code charset}, {@code glyph}, {@code ink} and
     *     {@code legibility}
     * @return the most likely characters
     */
    @POST
    @Consumes({"image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/x-ms-bmp", "image/tiff"})
    public PredictAnswer predict(byte[] file, @Context UriInfo uri) {
        return PredictAnswer.of(service.predict(RequestOptions.of(uri.getQueryParameters()), () -> file));
    }

    /**
     * Predicts the drawings in {@code {"images":["data:image/png;base64,...", ...]}}.
     *
     * @param body the request, with the options {@code top}, {@code charset}, {@code glyph}, {@code ink} and
     *     {@code legibility}
     * @return an answer or a problem for each drawing
     */
    @POST
    @Path("batch")
    @Consumes(MediaType.APPLICATION_JSON)
    public BatchAnswer predictBatch(InputStream body) {
        BatchRequest request = BatchRequest.of(reader.read(body), configuration.maxBatch());
        return BatchAnswer.of(service.predictAll(request.options(), request.files()));
    }
}
