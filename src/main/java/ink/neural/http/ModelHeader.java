package ink.neural.http;

import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The header field that names the model which has answered. Models may be replaced between two requests. */
final class ModelHeader {
    private static final String NAME = "X-Model";

    private ModelHeader() {}

    /**
     * An answer with this header field.
     *
     * @param model name and version; nothing if no model was asked, because every image had a problem
     */
    static Response on(Object answer, Optional<String> model) {
        return Response.ok(answer).header(NAME, model.orElse(null)).build();
    }
}
