package ink.neural.prediction;

import static ink.neural.prediction.ModelDirectory.checks;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import ink.neural.LogCapture;
import ink.neural.Sketch;
import ink.neural.Writing;
import ink.neural.ink.InkExtractor;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.Model;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose files change while the program runs. */
class ModelReloadTest {
    @TempDir
    private Path temporary;

    private ModelDirectory directory;
    private ModelHolder holder;

    @BeforeEach
    void load() throws IOException {
        directory = ModelDirectory.withCharacters(Files.createDirectory(temporary.resolve("models")), "1");
        holder = Predictions.holder(directory.configuration());
    }

    @AfterEach
    void close() {
        holder.close();
    }

    private static JsonValue string(String value) {
        return Json.createValue(value);
    }

    private String version() {
        assertTrue(holder.isReady());
        return holder.use(model -> Predictions.canRecognize(model) ? model.version() : "closed");
    }

    private void poll(int times) {
        for (int i = 0; i < times; i++) {
            holder.poll();
        }
    }

    private String metrics() {
        return new String(holder.metrics.scrape(), StandardCharsets.UTF_8);
    }

    @Test
    void changedFilesAreLoadedOnceTheyAreUnchangedForTwoPolls() throws Exception {
        directory.writeCharacters("version", string("2"));
        poll(1);
        assertEquals("1", version());
        directory.writeCharacters("version", string("2.1"));
        poll(1);
        assertEquals("1", version());
        poll(1);
        assertEquals("2.1", version());
        assertTrue(metrics().contains("neural_ink_model_info{name=\"upright\",version=\"2.1\"} 1\n"), metrics());
        assertFalse(metrics().contains("version=\"1\""), metrics());
    }

    @Test
    void unchangedFilesAreNotLoadedAgain() {
        String before = metrics();
        poll(3);
        assertTrue(before.contains("neural_ink_model_loads_total{model=\"upright\",outcome=\"loaded\"} 1.0\n"), before);
        assertEquals(
                before.replaceAll("(?m)^(?!neural_ink_model).*", ""),
                metrics().replaceAll("(?m)^(?!neural_ink_model).*", ""));
    }

    @Test
    void reloadTakesFilesAtOnce() throws Exception {
        directory.writeCharacters("version", string("2"));
        holder.reload();
        assertEquals("2", version());
    }

    @Test
    void useThatIsUnderWayEndsWithItsModel() throws Exception {
        CountDownLatch using = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FutureTask<String> use = new FutureTask<>(() -> holder.use(model -> {
            using.countDown();
            Concurrently.await(release);
            return Predictions.canRecognize(model) ? model.version() : "closed";
        }));
        new Thread(use).start();
        using.await();
        directory.writeCharacters("version", string("2"));
        Thread reload = new Thread(holder::reload);
        reload.start();
        while (reload.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertEquals("2", version(), "new requests do not wait");
        release.countDown();
        assertEquals("1", use.get(1, TimeUnit.MINUTES));
        reload.join();
        assertEquals("2", version());
    }

    /** What is wrong, and a part of the reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file | nowhere.onnx | nowhere.onnx is missing",
                "file | cut.onnx | damaged",
                "file | ../models/quarters.onnx | not the name of a file in the directory of the models",
                "file | /dev/null | not the name of a file in the directory of the models",
                "file | .. | not the name of a file in the directory of the models",
                "file | sub\\quarters.onnx | not the name of a file in the directory of the models",
                "labels | ../models/quarters-labels.json | not the name of a file in the directory of the models",
                "temprature | 1 | unknown member \"temprature\"",
                "labels | three.json | 4 probabilities for 3 labels",
                "size | 28 px | wrong type",
                "version | 2é | printable ASCII",
                "fit | somehow | wrong type",
            })
    void unusableFilesAreRefusedAndTheModelStays(String member, String value, String reason) throws Exception {
        directory.copy(Path.of("src/test/resources/models/cut.onnx"), "cut.onnx");
        directory.write("three.json", "{\"0\":\"a\",\"1\":\"b\",\"2\":\"c\"}");
        directory.writeCharacters(member, string(value));
        assertRefusedOnce(reason, () -> poll(5));
        directory.writeCharacters("version", string("2"));
        poll(2);
        assertEquals("2", version());
        assertEquals(Map.of(), holder.refusals());
        assertFalse(metrics().contains("neural_ink_model_refused_info{"), metrics());
    }

    private void assertRefusedOnce(String reason, Runnable loads) {
        LogCapture log = new LogCapture(ReloadableModel.class.getName());
        loads.run();
        log.close();
        assertEquals(
                1,
                log.records().stream()
                        .filter(record -> record.getLevel() == Level.SEVERE)
                        .count(),
                log.messages().toString());
        assertEquals("1", version());
        assertTrue(
                holder.refusals().get("upright").contains(reason),
                holder.refusals().toString());
        assertTrue(metrics().contains("neural_ink_model_refused_info{model=\"upright\",reason=\""), metrics());
        assertTrue(
                metrics().contains("neural_ink_model_loads_total{model=\"upright\",outcome=\"refused\"} 1.0\n"),
                metrics());
    }

    @Test
    void brokenDescriptorIsRefused() throws Exception {
        directory.write("upright.json", "{\"name\":");
        assertRefusedOnce("not a JSON object", () -> poll(5));
    }

    @Test
    void filesThatAreRefusedOnRequestAreReportedOnce() throws Exception {
        directory.writeText("version", string("7"));
        poll(2);
        directory.writeCharacters("version", string("2é"));
        assertRefusedOnce("printable ASCII", () -> {
            holder.reload();
            poll(3);
            holder.reload();
            poll(3);
        });
        directory.writeCharacters("version", string("3é"));
        LogCapture log = new LogCapture(ReloadableModel.class.getName());
        poll(3);
        log.close();
        assertEquals(1, log.records().size(), "another file is reported again");
    }

    @Test
    void damagedNetworkUnderTheOldDescriptorIsRefused() throws Exception {
        directory.copy(Path.of("src/test/resources/models/cut.onnx"), "quarters.onnx");
        assertRefusedOnce("damaged", () -> poll(5));
    }

    @Test
    void directoryThatIsGoneForAWhileChangesNothing() throws Exception {
        Path elsewhere = temporary.resolve("elsewhere");
        Files.move(directory.path(), elsewhere);
        assertRefusedOnce("upright.json is missing", () -> poll(5));
        Files.move(elsewhere, directory.path());
        poll(2);
        assertEquals("1", version());
        assertEquals(Map.of(), holder.refusals());
    }

    @Test
    void modelMustReadTheDrawingsOfItsChecks() throws Exception {
        String right = holder.use(model -> model.recognize(model.normalize(InkExtractor.extract(
                        Sketch.paper().stroke(50, 50, 200, 200).drawing())))
                .top(1)
                .get(0)
                .label());
        directory.writeDrawing("sample.png");
        directory.writeCharacters("checks", checks("sample.png", "label", right));
        poll(2);
        assertEquals(Map.of(), holder.refusals());
        directory.writeCharacters("checks", checks("sample.png", "label", "?"));
        poll(2);
        assertEquals(
                Map.of(
                        "upright",
                        "the model reads the drawing sample.png of the checks as %s, not as ?".formatted(right)),
                holder.refusals());
        directory.writeCharacters("checks", checks("nowhere.png", "label", right));
        poll(2);
        assertEquals(Map.of("upright", "the file nowhere.png is missing or cannot be read"), holder.refusals());
        directory.writeCharacters("checks", checks("upright.json", "label", right));
        poll(2);
        assertEquals(Map.of("upright", "the drawing upright.json of the checks cannot be read"), holder.refusals());
    }

    /** As Kubernetes mounts a ConfigMap: each file is a link into the directory that the link {@code ..data} leads to. */
    @Test
    void switchedLinkIsNoticed() throws Exception {
        Path mount = Files.createDirectory(temporary.resolve("mount"));
        Files.createSymbolicLink(mount.resolve("..data"), directory.path());
        for (String name : new String[] {"upright.json", "quarters.onnx", "quarters-labels.json"}) {
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
        ModelHolder mounted = Predictions.holder(new ModelDirectory(mount).configuration());
        Path next = Files.createDirectory(temporary.resolve("next"));
        ModelDirectory.withCharacters(next, "2");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), next);
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        mounted.poll();
        assertEquals("1", mounted.use(Model::version));
        mounted.poll();
        assertEquals("2", mounted.use(Model::version));
        mounted.close();
    }

    @Test
    void textModelMayAppearChangeAndVanish() throws Exception {
        assertFalse(holder.canReadText());
        directory.writeText("version", string("7"));
        poll(2);
        assertEquals("text@7", textModel());
        directory.writeText("version", string("8"));
        poll(2);
        assertEquals("text@8", textModel());
        assertEquals("1", version());
        directory.delete("text.json");
        poll(2);
        assertFalse(holder.canReadText());
        assertEquals(
                Problem.NO_TEXT_MODEL,
                assertThrows(ProblemException.class, this::textModel).problem());
        assertEquals("1", version());
        assertFalse(metrics().contains("name=\"text\""), metrics());
        assertEquals(List.of("loaded 2", "removed 1"), loadsOfText());
    }

    /** How often each outcome was counted. */
    private List<String> loadsOfText() {
        return Pattern.compile("neural_ink_model_loads_total\\{model=\"text\",outcome=\"(\\w+)\"} (\\d+)")
                .matcher(metrics())
                .results()
                .map(count -> count.group(1) + " " + count.group(2))
                .toList();
    }

    @Test
    void refusedFilesOfATextModelMayVanish() throws Exception {
        assertEquals(List.of(), loadsOfText());
        directory.writeText("version", string("7é"));
        poll(2);
        assertEquals(Set.of("text"), holder.refusals().keySet());
        directory.delete("text.json");
        poll(2);
        holder.reload();
        assertEquals(Map.of(), holder.refusals());
        assertFalse(metrics().contains("neural_ink_model_refused_info{"), metrics());
        assertEquals(List.of("refused 1", "removed 1"), loadsOfText());
    }

    private String textModel() {
        return holder.useTextReader(reader -> reader.model().nameAndVersion());
    }

    @Test
    void textModelStaysIfTheWholeDirectoryVanishes() throws Exception {
        directory.writeText("version", string("7"));
        poll(2);
        Files.move(directory.path(), temporary.resolve("elsewhere"));
        poll(3);
        assertEquals("text@7", textModel());
        assertEquals(2, holder.refusals().size());
    }

    @Test
    void textModelMustReadThePicturesOfItsChecks() throws Exception {
        Files.write(directory.path().resolve("help.png"), Writing.of("help").png());
        directory.writeText("checks", checks("help.png", "text", "help"));
        poll(2);
        assertTrue(textModel().startsWith("text@"));
        directory.writeText("checks", checks("help.png", "text", "kelp"));
        poll(2);
        assertEquals(
                Map.of("text", "the model reads the drawing help.png of the checks as help, not as kelp"),
                holder.refusals());
        assertTrue(holder.canReadText());
        assertTrue(holder.isReady());
    }

    @Test
    void modelsThatDoNotFitEachOtherAreRefusedUntilTheyDo() throws Exception {
        directory.writeText("version", string("7"));
        poll(2);
        directory.write("quarters-labels.json", "{\"0\":\"a\",\"1\":\"b\",\"2\":\"c\",\"3\":\"€\"}");
        poll(2);
        assertEquals(
                Map.of("upright", "the text model does not know €, as the model of single characters does"),
                holder.refusals());
        directory.delete("text.json");
        poll(3);
        assertEquals(Map.of(), holder.refusals());
        assertEquals("€", holder.use(model -> model.labels().characters().get(3)));
    }

    @Test
    void repairedFilesMakeTheApplicationReady() throws Exception {
        directory.write("upright.json", "{}");
        directory.writeText("version", string("7"));
        ModelHolder unready = Predictions.holder(directory.configuration());
        assertFalse(unready.isReady());
        directory.writeCharacters("version", string("2"));
        for (int i = 0; i < 3; i++) {
            unready.poll();
        }
        assertTrue(unready.isReady());
        assertTrue(unready.canReadText());
        unready.close();
    }

    @Test
    void modelThatIsLoadedAfterTheEndIsClosed() {
        holder.close();
        holder.reload();
        assertFalse(holder.isReady());
        assertThrows(ProblemException.class, () -> holder.use(model -> model));
    }

    /** Reading a pipe that nobody writes to would never end. */
    @Test
    void pipeInPlaceOfAFileIsRefused() throws Exception {
        directory.delete("upright.json");
        Path pipe = directory.path().resolve("upright.json");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertRefusedOnce("upright.json is not a file", () -> poll(3));
    }

    /** A holder whose files lie on a network drive that hangs. Nothing can interrupt the read. */
    private static ModelHolder withoutDrive(CountDownLatch driveIsBack) {
        return new ModelHolder() {
            @Override
            void reload() {
                while (driveIsBack.getCount() > 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        };
    }

    @Test
    void driveThatHangsKeepsNobodyWaiting() throws Exception {
        CountDownLatch driveIsBack = new CountDownLatch(1);
        ModelReloader reloader = Predictions.reloader(directory.configuration(), withoutDrive(driveIsBack));
        Thread[] clients = {new Thread(reloader::reload), new Thread(reloader::reload)};
        for (Thread client : clients) {
            client.setDaemon(true);
            client.start();
            while (client.getState() != Thread.State.TIMED_WAITING) {
                assertTrue(client.isAlive(), "the client waits for the drive");
            }
        }
        assertEquals(
                Problem.BUSY,
                assertThrows(ProblemException.class, reloader::reload).problem());
        assertEquals("1", version());
        long start = System.nanoTime();
        assertDoesNotThrow(() -> reloader.stop(null));
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10), "stopping takes little time");
        for (Thread client : clients) {
            client.join(TimeUnit.SECONDS.toMillis(10));
        }
        assertTrue(Stream.of(clients).anyMatch(client -> !client.isAlive()), "the reload that waited is given up");
        driveIsBack.countDown();
    }

    @Test
    void nothingIsReloadedAfterTheEnd() throws Exception {
        ModelReloader reloader = Predictions.reloader(directory.configuration(), holder);
        reloader.stop(null);
        assertEquals(
                Problem.NOT_READY,
                assertThrows(ProblemException.class, reloader::reload).problem());
    }
}
