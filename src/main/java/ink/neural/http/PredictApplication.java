package ink.neural.http;

import jakarta.ws.rs.ApplicationPath;

/** The resources below {@code /predict}. An application at {@code /} would hide the page from the server. */
@ApplicationPath("predict")
public class PredictApplication extends RestApplication {
    /** The application of the container. */
    public PredictApplication() {
        super(PredictResource.class, TextResource.class);
    }
}
