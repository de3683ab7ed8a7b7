package ink.neural.http;

import ink.neural.drawing.DataUrl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Answers which character a drawing shows. */
@ApplicationScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class PredictResource {
    @Inject
    Reader reader;

    /**
     * Answers for the drawing in {@code {"image":"data:image/png;base64,..."}}.
     *
     * @param body the request, with the options {@code top}, {@code charset}, {@code glyph} and {@code legibility}
     * @return the likeliest characters, the likeliest first
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String predict(byte[] body) {
        JsonObject request = JsonBody.parse(body);
        return reader.read(Options.of(request), () -> DataUrl.decode(image(request)))
                .toString();
    }

    private static String image(JsonObject request) {
        if (request.get("image") instanceof JsonString image
                && !image.getString().isEmpty()) {
            return image.getString();
        }
        throw new Refused(Problem.NO_IMAGE, "Give the drawing as {\"image\":\"data:image/png;base64,...\"}.");
    }
}
