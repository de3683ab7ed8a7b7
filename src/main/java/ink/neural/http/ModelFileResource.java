package ink.neural.http;

import ink.neural.decoding.Dictionary;
import ink.neural.prediction.ModelHolder;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFile;
import ink.neural.text.TextModel;
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
import java.util.function.Function;

/** Serves the files of the models, so that the page can answer without the server. */
@ApplicationScoped
@Path("model")
public class ModelFileResource {
    /** The dictionary of the text decoder, which is part of the program. */
    static final ModelFile DICTIONARY = ModelFile.of(Dictionary.file());

    private static final String GZIP = "application/gzip";

    @Inject
    ModelHolder holder;

    /**
     * The network of the model of single characters.
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
     * What must be known about that network.
     *
     * @param request may say which file the client has
     * @return the descriptor; its hash is its entity tag
     */
    @GET
    @Path("descriptor")
    public Response descriptor(@Context Request request) {
        return answer(holder.use(LoadedModel::descriptorFile), MediaType.APPLICATION_JSON, request);
    }

    /**
     * The network of the text model.
     *
     * @param request may say which file the client has
     * @return the ONNX file; its hash is its entity tag
     */
    @GET
    @Path("text/file")
    public Response textFile(@Context Request request) {
        return answer(textFile(TextModel::file), MediaType.APPLICATION_OCTET_STREAM, request);
    }

    /**
     * What must be known about that network.
     *
     * @param request may say which file the client has
     * @return the descriptor; its hash is its entity tag
     */
    @GET
    @Path("text/descriptor")
    public Response textDescriptor(@Context Request request) {
        return answer(textFile(TextModel::descriptorFile), MediaType.APPLICATION_JSON, request);
    }

    /**
     * The English dictionary that the server reads text with.
     *
     * @param request may say which file the client has
     * @return a gzip file; its hash is its entity tag
     */
    @GET
    @Path("text/dictionary")
    public Response dictionary(@Context Request request) {
        return answer(DICTIONARY, GZIP, request);
    }

    private ModelFile textFile(Function<TextModel, ModelFile> file) {
        return holder.useTextReader(reader -> file.apply(reader.model()));
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
