package ink.neural.http;

import ink.neural.Settings;
import ink.neural.drawing.DataUrl;
import ink.neural.recognition.NotReady;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Answers which character a drawing shows. */
@ApplicationScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class PredictResource {
    private static final int AFTER_THE_MODEL = 3000;
    private static final int WARM_UP_RUNS = 100;

    private final int maxBatch = Settings.number("neural.ink.max.batch", 256);

    @Inject
    Reader reader;

    /** Answers for a few drawings when the model is loaded, so that the first visitor need not wait for the compiler. */
    void warmUp(@Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_MODEL) Object event) {
        try (InputStream sample = PredictResource.class.getResourceAsStream("/ink/neural/recognition/sample.png")) {
            String url = DataUrl.encode("image/png", sample.readAllBytes());
            byte[] body = "{\"image\":\"%s\"}".formatted(url).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < WARM_UP_RUNS; i++) {
                predict(new ByteArrayInputStream(body));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NotReady | Refused e) {
            // There is no model, and the log says why; or it knows fewer characters than an answer shows.
        }
    }

    /**
     * Answers for the drawing in {@code {"image":"data:image/png;base64,..."}}.
     *
     * @param body the request, with the options {@code top}, {@code charset}, {@code glyph} and {@code legibility}
     * @return the likeliest characters, the likeliest first
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String predict(InputStream body) {
        JsonObject request = JsonBody.parse(body);
        return reader.read(Options.of(request), () -> DataUrl.decode(image(request)))
                .toString();
    }

    /**
     * Answers for a drawing that is the body itself.
     *
     * @param file a PNG or JPEG file
     * @param uri its query may have the options {@code top}, {@code charset}, {@code glyph} and {@code legibility}
     * @return the likeliest characters, the likeliest first
     */
    @POST
    @Consumes({"image/png", "image/jpeg"})
    public String predict(byte[] file, @Context UriInfo uri) {
        return reader.read(Options.of(uri.getQueryParameters()), () -> file).toString();
    }

    /**
     * Answers for many drawings, {@code {"images":["data:image/png;base64,...", ...]}}, at once.
     *
     * @param body the request, with the options {@code top}, {@code charset}, {@code glyph} and {@code legibility}
     * @return {@code {"results":[...]}}: an answer, or a problem, for each in their order
     */
    @POST
    @Path("batch")
    @Consumes(MediaType.APPLICATION_JSON)
    public String predictBatch(InputStream body) {
        JsonObject request = JsonBody.parse(body);
        return reader.readAll(Options.of(request), images(request)).toString();
    }

    private static String image(JsonObject request) {
        return image(request.get("image"), "Give the drawing as {\"image\":\"data:image/png;base64,...\"}.");
    }

    private List<Supplier<byte[]>> images(JsonObject request) {
        String expected = "Give the drawings as {\"images\":[\"data:image/png;base64,...\", ...]}.";
        if (!(request.get("images") instanceof JsonArray images) || images.isEmpty()) {
            throw new Refused(Problem.NO_IMAGE, expected);
        }
        if (images.size() > maxBatch) {
            throw new Refused(Problem.TOO_MANY_IMAGES, "There may be at most %d.".formatted(maxBatch));
        }
        return images.stream()
                .<Supplier<byte[]>>map(image -> () -> DataUrl.decode(image(image, expected)))
                .toList();
    }

    private static String image(JsonValue value, String expected) {
        if (value instanceof JsonString image && !image.getString().isEmpty()) {
            return image.getString();
        }
        throw new Refused(Problem.NO_IMAGE, expected);
    }
}
