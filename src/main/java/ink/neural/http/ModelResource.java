package ink.neural.http;

import ink.neural.prediction.ModelHolder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Describes the loaded model. */
@ApplicationScoped
@Path("model")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
    @Inject
    ModelHolder holder;

    /**
     * Describes the model.
     *
     * @return name, version, characters, input and figures
     */
    @GET
    public ModelAnswer model() {
        return holder.use(ModelAnswer::of);
    }
}
