package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples in {@code docs/api.md}, sections "From a program" and "Text". Each runs as it is written. */
class ApiExamplesIT {
    private static final Server SERVER = Server.shared();
    private static final Pattern CODE = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    /** A language, and the program that runs it. */
    private enum Language {
        SH("bash") {
            @Override
            List<String> command(Path program, Path script) {
                return List.of(program.toString(), "-eu", script.toString());
            }
        },
        PYTHON("python3") {
            @Override
            List<String> command(Path program, Path script) {
                return List.of(program.toString(), script.toString());
            }
        },
        JS("node") {
            @Override
            List<String> command(Path program, Path script) throws IOException {
                Path module = script.resolveSibling("example.mjs");
                return List.of(program.toString(), Files.copy(script, module).toString());
            }
        },
        JAVA("jshell") {
            @Override
            List<String> command(Path program, Path script) throws IOException {
                String code = Files.readString(script) + "\n/exit\n";
                return List.of(
                        program.toString(),
                        "-s",
                        Files.writeString(script, code).toString());
            }
        };

        private final String program;

        Language(String program) {
            this.program = program;
        }

        /** The command that runs a script. */
        abstract List<String> command(Path program, Path script) throws IOException;
    }

    private static Path find(String program) {
        String directories =
                System.getenv("PATH") + File.pathSeparator + Path.of(System.getProperty("java.home"), "bin");
        return Stream.of(directories.split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static List<String> examples(String title, String language) throws IOException {
        String document = Files.readString(Path.of("docs/api.md"));
        int start = document.indexOf("\n### " + title + "\n");
        assertTrue(start > 0, "the section is there");
        String section = document.substring(start + 1).split("\n##", 2)[0];
        return CODE.matcher(section)
                .results()
                .filter(code -> code.group(1).equals(language))
                .map(code -> code.group(2))
                .toList();
    }

    private static String sameServer(String code) {
        Matcher address = Pattern.compile("http://localhost:8080/").matcher(code);
        assertTrue(address.find(), code);
        return address.replaceAll(SERVER.address().toString());
    }

    private String output(Language language, String code) throws IOException, InterruptedException {
        Path program = find(language.program);
        assumeTrue(program != null, language.program + " is not installed, so its example was not run");
        assumeTrue(
                language != Language.SH || find("curl") != null, "curl is not installed, so its example was not run");
        Path script = Files.writeString(directory.resolve("example"), sameServer(code));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(language.command(program, script))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean exited = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(exited, () -> "the example does not end: " + code);
        assertEquals(0, process.exitValue(), Files.readString(output));
        return Files.readString(output);
    }

    @ParameterizedTest
    @EnumSource
    void exampleReadsTheLetter(Language language) throws Exception {
        List<String> examples = examples("From a program", language.name().toLowerCase(Locale.ROOT));
        assertEquals(1, examples.size());
        String output = output(language, examples.get(0));
        assertTrue(output.matches("(?s)(.*\"label\":\")?R\\b.*"), output);
    }

    /** Confidences are those of one model. */
    @Test
    void textIsAnsweredAsDocumented() throws Exception {
        String output = output(Language.SH, examples("Text", "sh").get(0));
        JsonObject answer = Server.json(output.substring(output.indexOf('{')));
        JsonObject documented = Server.json(examples("Text", "json").get(0));
        assertEquals(documented.keySet(), answer.keySet());
        assertEquals(documented.getString("text"), answer.getString("text"));
        assertEquals(
                documented.getJsonArray("alternatives").size(),
                answer.getJsonArray("alternatives").size());
        assertEquals(boxes(documented), boxes(answer));
    }

    private static List<JsonArray> boxes(JsonObject answer) {
        return answer.getJsonArray("characters").getValuesAs(JsonObject.class).stream()
                .map(character -> character.getJsonArray("box"))
                .toList();
    }

    @Test
    void examplesAreShort() throws Exception {
        for (Language language : Language.values()) {
            for (String example : examples("From a program", language.name().toLowerCase(Locale.ROOT))) {
                assertTrue(example.lines().count() <= 5, example);
            }
        }
    }
}
