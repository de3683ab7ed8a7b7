package ink.neural.http;

import ink.neural.prediction.ModelHolder;
import ink.neural.prediction.ModelReloader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Describes the loaded models, and loads them again. */
@ApplicationScoped
@Path("model")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
    /** The folder of ONNX Runtime for the browser, which has a folder for its version. A WAR may lack it. */
    private static final String RUNTIME = "/onnxruntime-web/";

    @Inject
    ModelHolder holder;

    @Inject
    ModelReloader reloader;

    /**
     * Describes the models.
     *
     * @param context lists the files of the application
     * @return name, version, characters, input and figures of the model of single characters, and the text model if there is one
     */
    @GET
    public ModelAnswer model(@Context ServletContext context) {
        return holder.use(model ->
                ModelAnswer.of(model, runtime(context), holder.useTextModel(ModelAnswer.Text::of), holder.refusals()));
    }

    private static Optional<String> runtime(ServletContext context) {
        return Stream.ofNullable(context.getResourcePaths(RUNTIME))
                .flatMap(Collection::stream)
                .map(path -> path.substring(1))
                .findFirst();
    }

    /**
     * Loads the models again. The address exists only if there is an API key.
     *
     * @param context lists the files of the application
     * @return the models that answer now
     */
    @POST
    @Path("reload")
    public ModelAnswer reload(@Context ServletContext context) {
        reloader.reload();
        return model(context);
    }
}
