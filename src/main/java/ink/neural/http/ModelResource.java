package ink.neural.http;

import ink.neural.prediction.ModelHolder;
import ink.neural.text.TextDescriptor;
import ink.neural.text.TextReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Describes the loaded models. */
@ApplicationScoped
@Path("model")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
    @Inject
    ModelHolder holder;

    /**
     * Describes the models.
     *
     * @return name, version, characters, input and figures of the model of single characters, and the text model if there is one
     */
    @GET
    public ModelAnswer model() {
        Optional<TextDescriptor> text =
                holder.canReadText() ? Optional.of(holder.useTextReader(TextReader::descriptor)) : Optional.empty();
        return holder.use(model -> ModelAnswer.of(model, text));
    }
}
