package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of descriptors and the code that reads them agree. */
class DescriptorSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(read("models/descriptor.schema.json"));

    private static JsonNode read(String file) {
        try {
            return JSON.readTree(Path.of(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<ValidationMessage> complaints(JsonNode descriptor) {
        return SCHEMA.validate(descriptor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models/emnist-byclass.json",
                "src/test/resources/models/original.json",
                "src/test/resources/models/transposed.json",
                "src/test/resources/models/upright.json"
            })
    void takesWhatTheProgramTakes(String file) throws Exception {
        JsonNode descriptor = read(file);
        assertEquals(Set.of(), complaints(descriptor));
        assertNotNull(ModelDescriptor.parse(JSON.writeValueAsBytes(descriptor)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name        | 1",
                "name        | \"é\"",
                "version     | null",
                "version     | \"\"",
                "version     | \"1\\n2\"",
                "checks      | {}",
                "checks      | [{\"drawing\":\"a.png\"}]",
                "checks      | [{\"label\":\"a\"}]",
                "file        | {}",
                "size        | \"28\"",
                "box         | 0",
                "fit         | \"somehow\"",
                "orientation | \"upside down\"",
                "output      | \"votes\"",
                "temperature | 0",
                "priors      | []",
                "priors      | {\"predict\":[\"x\"]}",
                "legibility  | {\"threshold\":0.5}",
                "features    | {}",
                "features    | {\"output\":\"f\",\"size\":65,\"noise\":1,\"dimensions\":1,\"novelty\":1,\"labels\":{},"
                        + "\"other\":{\"mean\":\"AA==\",\"variance\":1,\"factors\":[]}}",
                "features    | {\"output\":\"f\",\"size\":1,\"noise\":0,\"dimensions\":1,\"novelty\":1,\"labels\":{},"
                        + "\"other\":{\"mean\":\"AA==\",\"variance\":1,\"factors\":[]}}",
                "features    | {\"output\":\"f\",\"size\":1,\"noise\":1,\"dimensions\":1,\"novelty\":1,\"labels\":{},"
                        + "\"other\":{\"mean\":\"AA==\",\"variance\":0,\"factors\":[]}}",
                "features    | {\"output\":\"f\",\"size\":1,\"noise\":1,\"dimensions\":1,\"novelty\":1,\"labels\":{}}",
                "guides      | {}",
                "guides      | {\"capheight\":1,\"labels\":{}}",
                "guides      | {\"outliers\":0,\"labels\":{\"a\":{\"mean\":[1,0],\"covariance\":[[1,0],[0,1]]}}}",
                "guides      | {\"labels\":{\"a\":{\"mean\":[1,0]}}}",
                "guides      | {\"labels\":{\"a\":{\"mean\":[1],\"covariance\":[[1,0],[0,1]]}}}",
                "guides      | {\"labels\":{\"a\":{\"mean\":[1,0],\"covariance\":[[1],[0]]}}}",
                "temprature  | 2",
                "priors      | {\"Predict\":[1]}",
                "checks      | [{\"drawing\":\"a.png\",\"label\":\"a\",\"lable\":\"b\"}]",
                "legibility  | {\"output\":\"legibility\",\"treshold\":0.5}",
                "cascade     | {\"output\":\"routed\",\"thresholds\":{},\"threshold\":1}",
                "cascade     | {\"output\":\"routed\",\"thresholds\":{\"prediction\":1}}",
                "features    | {\"output\":\"f\",\"size\":64,\"weight\":1,\"bandwidth\":1,\"novelty\":1,\"a\":1}",
                "guides      | {\"capheigth\":2,\"labels\":{\"a\":{\"mean\":[1,0],\"covariance\":[[1,0],[0,1]]}}}",
                "guides      | {\"labels\":{\"a\":{\"mean\":[1,0],\"covariance\":[[1,0],[0,1]],\"n\":1}}}",
            })
    void refusesWhatTheProgramRefuses(String member, String value) throws Exception {
        ObjectNode descriptor = (ObjectNode) read("models/emnist-byclass.json");
        descriptor.set(member, JSON.readTree(value));
        assertFalse(complaints(descriptor).isEmpty());
        assertThrows(InvalidModelException.class, () -> ModelDescriptor.parse(JSON.writeValueAsBytes(descriptor)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "version", "file", "size", "box", "fit", "orientation"})
    void needsWhatTheProgramNeeds(String member) throws Exception {
        ObjectNode descriptor = (ObjectNode) read("models/emnist-byclass.json");
        descriptor.remove(member);
        assertFalse(complaints(descriptor).isEmpty());
        assertThrows(InvalidModelException.class, () -> ModelDescriptor.parse(JSON.writeValueAsBytes(descriptor)));
    }
}
