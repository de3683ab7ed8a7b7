package ink.neural.http;

import ink.neural.prediction.ModelHolder;
import ink.neural.prediction.ModelReloader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Describes the loaded models, and loads them again. */
@ApplicationScoped
@Path("model")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
    @Inject
    ModelHolder holder;

    @Inject
    ModelReloader reloader;

    /**
     * Describes the models.
     *
     * @return name, version, characters, input and figures of the model of single characters, and the text model if there is one
     */
    @GET
    public ModelAnswer model() {
        return holder.use(model -> ModelAnswer.of(model, holder.useTextModel(ModelAnswer.Text::of), holder.refusals()));
    }

    /**
     * Loads the models again. The address exists only if there is an API key.
     *
     * @return the models that answer now
     */
    @POST
    @Path("reload")
    public ModelAnswer reload() {
        reloader.reload();
        return model();
    }
}
