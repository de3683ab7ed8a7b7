package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import ink.neural.decoding.DecoderParameters;
import ink.neural.recognition.Check;
import ink.neural.recognition.InvalidModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of text descriptors and the code that reads them agree. */
class TextDescriptorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(read("models/text-descriptor.schema.json"));

    private static JsonNode read(String file) {
        try {
            return JSON.readTree(Path.of(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode shipped() {
        return (ObjectNode) read("models/text.json");
    }

    private static TextDescriptor parse(JsonNode descriptor) throws IOException {
        return TextDescriptor.parse(JSON.writeValueAsBytes(descriptor));
    }

    @Test
    void takesWhatTheProgramTakes() throws Exception {
        assertEquals(Set.of(), SCHEMA.validate(shipped()));
        assertEquals("text", parse(shipped()).name());
    }

    @Test
    void membersThatAreOptionalHaveDefaults() throws Exception {
        ObjectNode descriptor = shipped();
        descriptor.remove(Set.of("temperature", "decoder", "legibility", "scores"));
        assertEquals(Set.of(), SCHEMA.validate(descriptor));
        TextDescriptor parsed = parse(descriptor);
        assertEquals(1, parsed.temperature());
        assertEquals(DecoderParameters.DEFAULT, parsed.decoder());
        assertTrue(parsed.legibility().isEmpty());
    }

    @Test
    void legibilityIsRead() throws Exception {
        ObjectNode descriptor = shipped();
        descriptor.set("legibility", JSON.readTree("{\"threshold\":0.6,\"scale\":2,\"offset\":3}"));
        assertEquals(Set.of(), SCHEMA.validate(descriptor));
        assertEquals(
                new TextDescriptor.Legibility(0.6, 2, 3),
                parse(descriptor).legibility().orElseThrow());
    }

    @Test
    void checksAreRead() throws Exception {
        ObjectNode descriptor = shipped();
        descriptor.set("checks", JSON.readTree("[{\"drawing\":\"a.png\",\"text\":\"two\\nlines\"}]"));
        assertEquals(Set.of(), SCHEMA.validate(descriptor));
        assertEquals(
                List.of(new Check("a.png", "two\nlines")), parse(descriptor).checks());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name           | 1",
                "version        | null",
                "version        | \"1\\n2\"",
                "checks         | [{\"drawing\":\"a.png\",\"label\":\"a\"}]",
                "file           | {}",
                "height         | \"40\"",
                "inkHeight      | 0",
                "margin         | -1",
                "maxStrokeWidth | 0",
                "alphabet       | \"\"",
                "alphabet       | [\"a\"]",
                "temperature    | 0",
                "decoder        | 1",
                "decoder        | {\"dictionaryWeight\":-1}",
                "decoder        | {\"dictionaryShare\":1}",
                "decoder        | {\"letterCost\":-0.1}",
                "decoder        | {\"temperature\":0}",
                "legibility     | 0.5",
                "legibility     | {\"scale\":\"1\"}",
                "legibility     | {\"treshold\":0.5}",
                "temprature     | 2",
                "decoder        | {\"lettercost\":1}",
                "checks         | [{\"drawing\":\"a.png\",\"text\":\"a\",\"label\":\"a\"}]",
            })
    void refusesWhatTheProgramRefuses(String member, String value) throws Exception {
        ObjectNode descriptor = shipped();
        descriptor.set(member, JSON.readTree(value));
        assertFalse(SCHEMA.validate(descriptor).isEmpty());
        assertThrows(InvalidModelException.class, () -> parse(descriptor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "version", "file", "height", "inkHeight", "margin", "maxStrokeWidth", "alphabet"})
    void needsWhatTheProgramNeeds(String member) throws Exception {
        ObjectNode descriptor = shipped();
        descriptor.remove(member);
        assertFalse(SCHEMA.validate(descriptor).isEmpty());
        assertThrows(InvalidModelException.class, () -> parse(descriptor));
    }

    @ParameterizedTest
    @CsvSource({"inkHeight, 41", "alphabet, '\"aba\"'"})
    void whatNoSchemaCanTellIsRefusedByTheProgram(String member, String value) throws Exception {
        ObjectNode descriptor = shipped();
        descriptor.set(member, JSON.readTree(value));
        assertThrows(InvalidModelException.class, () -> parse(descriptor));
    }
}
