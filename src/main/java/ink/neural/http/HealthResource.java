package ink.neural.http;

import ink.neural.recognition.Recognizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tells whoever runs the program whether it lives, and whether it can answer. */
@ApplicationScoped
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    private static final JsonObject UP =
            Json.createObjectBuilder().add("status", "up").build();

    @Inject
    Admission admission;

    @Inject
    Recognizer recognizer;

    /**
     * Whether the program runs at all.
     *
     * @return always {@code {"status":"up"}}
     */
    @GET
    @Path("live")
    public String live() {
        return UP.toString();
    }

    /**
     * Whether the model is loaded and warm, and the program is not about to end.
     *
     * @return {@code {"status":"up"}}
     * @throws Refused as {@link Problem#NOT_READY} if not
     */
    @GET
    @Path("ready")
    public String ready() {
        if (!recognizer.isReady() || !admission.isOpen()) {
            throw new Refused(Problem.NOT_READY);
        }
        return UP.toString();
    }
}
