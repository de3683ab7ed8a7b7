package ink.neural.http;

import ink.neural.glyph.GlyphSpec;
import ink.neural.recognition.ModelDescriptor;
import ink.neural.recognition.ModelDescriptor.Legibility;
import ink.neural.recognition.Recognizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;

/** Tells what the loaded model is. */
@ApplicationScoped
@Path("model")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
    @Inject
    Recognizer recognizer;

    /**
     * Describes the model.
     *
     * @return its name, version, characters in the order of its classes, input and scores, and from which legibility on
     *     an answer can be trusted, if the model knows
     */
    @GET
    public String model() {
        ModelDescriptor model = recognizer.descriptor();
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("name", model.name())
                .add("version", model.version())
                .add("classes", Json.createArrayBuilder(recognizer.labels().characters()))
                .add("input", input(model.glyph()))
                .add("scores", model.scores());
        model.legibility().ifPresent(legibility -> json.add("legibility", legibility(legibility)));
        return json.build().toString();
    }

    private static JsonObjectBuilder input(GlyphSpec glyph) {
        return Json.createObjectBuilder()
                .add("size", glyph.size())
                .add("box", glyph.box())
                .add("fit", lower(glyph.fit()))
                .add("orientation", lower(glyph.orientation()));
    }

    private static JsonObjectBuilder legibility(Legibility legibility) {
        return Json.createObjectBuilder().add("threshold", legibility.threshold());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
