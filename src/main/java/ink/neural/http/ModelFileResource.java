package ink.neural.http;

import ink.neural.prediction.ModelHolder;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Serves the files of the model of single characters, so that the page can answer without the server. */
@ApplicationScoped
@Path("model")
public class ModelFileResource {
    @Inject
    ModelHolder holder;

    /**
     * The network.
     *
     * @param request may say which file the client has
     * @return the ONNX file; its hash is its entity tag
     */
    @GET
    @Path("file")
    public Response file(@Context Request request) {
        return answer(holder.use(LoadedModel::file), MediaType.APPLICATION_OCTET_STREAM, request);
    }

    /**
     * What must be known about the network.
     *
     * @param request may say which file the client has
     * @return the descriptor; its hash is its entity tag
     */
    @GET
    @Path("descriptor")
    public Response descriptor(@Context Request request) {
        return answer(holder.use(LoadedModel::descriptorFile), MediaType.APPLICATION_JSON, request);
    }

    private static Response answer(ModelFile file, String type, Request request) {
        EntityTag tag = new EntityTag(file.sha256());
        return Optional.ofNullable(request.evaluatePreconditions(tag))
                .orElseGet(() -> Response.ok(file.content(), type)
                        // Jersey would otherwise answer HEAD with the length 0.
                        .header(HttpHeaders.CONTENT_LENGTH, file.content().length))
                .tag(tag)
                .build();
    }
}
