package ink.neural.workaround;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Fails as soon as something that is worked around no longer exists. Then its workaround can go. */
class WorkaroundTest {
    private static final String CLOSER = "ai.onnxruntime.OrtEnvironment$OrtEnvCloser";

    /** A class as its jar has it, even if the program replaces it. */
    private static JavaClass original(String jar, String name) throws IOException {
        return new ClassFileImporter().importUrl(url(jar, name)).get(name);
    }

    private static URL url(String jar, String name) throws IOException {
        return new URL("jar:" + classPath(jar).toUri() + "!/" + name.replace('.', '/') + ".class");
    }

    private static Path classPath(String jar) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches(jar + "-[\\d.]+\\.jar"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(jar + " is not on the class path"));
    }

    private static Object staticField(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    @Test
    void onnxRuntimeFreesItsEnvironmentInAShutdownHook() throws Exception {
        JavaClass closer = original("onnxruntime", CLOSER);
        assertTrue(closer.tryGetConstructor(long.class, long.class).isPresent(), "our class has another constructor");
        JavaClass environment = original("onnxruntime", "ai.onnxruntime.OrtEnvironment");
        assertTrue(
                environment.tryGetMethod("close", long.class, long.class).isPresent(),
                "the hook has nothing to free the environment with");
        assertTrue(
                environment.getConstructorCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().getName().equals(CLOSER)),
                "the class is no longer used");
        assertTrue(
                environment.getMethodCallsFromSelf().stream()
                        .anyMatch(call ->
                                call.getTarget().getFullName().startsWith("java.lang.Runtime.addShutdownHook(")),
                "there is no shutdown hook");
    }

    @Test
    void ourClassReplacesTheHookOfOnnxRuntime() throws Exception {
        Class<?> ours = Class.forName(CLOSER);
        assertFalse(
                ours.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()
                        .endsWith(".jar"),
                "the jar comes first on the class path");
        assertEquals(0, ours.getDeclaredFields().length);
        assertNotNull(ours.getDeclaredConstructor(long.class, long.class));
    }

    @Test
    void temporaryFilesOfOnnxRuntimeAreDeleted() throws Exception {
        loadModel();
        Object directory = staticField(Class.forName("ai.onnxruntime.OnnxRuntime"), "tempDirectory");
        assertFalse(Files.exists(assertInstanceOf(Path.class, directory)));
    }

    private static void loadModel() {
        LoadedModel.load(new ModelFiles(Optional.of(Path.of("src/test/resources/models")), "upright"))
                .close();
    }

    /** Runs in a process of its own, with java.lang open as servers open it. Prints how many hooks of ONNX Runtime are left. */
    public static final class HooksLeft {
        /** Loads a model, which runs the workaround. */
        public static void main(String[] arguments) throws Exception {
            loadModel();
            Map<?, ?> hooks = (Map<?, ?>) staticField(Class.forName("java.lang.ApplicationShutdownHooks"), "hooks");
            Field target = Thread.class.getDeclaredField("target");
            target.setAccessible(true);
            int left = 0;
            for (Object hook : hooks.keySet()) {
                Object work = target.get(hook);
                left += work != null && work.getClass().getName().equals(CLOSER) ? 1 : 0;
            }
            System.out.println("left: " + left + " of " + hooks.size());
        }
    }

    @Test
    void shutdownHookOfOnnxRuntimeIsRemoved() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HooksLeft.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(java.waitFor(1, TimeUnit.MINUTES));
        assertTrue(output.contains("left: 0 of "), output);
    }

    @Test
    void javaStillHasItsListOfShutdownHooks() throws Exception {
        Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        assertTrue(Map.class.isAssignableFrom(hooks.getType()));
    }

    /** In a class loader of its own, since the scheduler of this one is still needed. */
    @Test
    void schedulerOfThePrometheusClientIsStopped() throws Exception {
        URL program =
                PrometheusScheduler.class.getProtectionDomain().getCodeSource().getLocation();
        URL client = classPath("prometheus-metrics-core").toUri().toURL();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {program, client}, ClassLoader.getPlatformClassLoader())) {
            Class<?> scheduler = loader.loadClass("io.prometheus.metrics.core.util.Scheduler");
            ExecutorService executor = (ExecutorService) staticField(scheduler, "executor");
            assertFalse(executor.isShutdown());
            loader.loadClass(PrometheusScheduler.class.getName())
                    .getMethod("shutDown")
                    .invoke(null);
            assertTrue(executor.isShutdown());
        }
    }

    @Test
    void prometheusClientOffersNoWayToStopItsScheduler() throws Exception {
        JavaClass scheduler = original("prometheus-metrics-core", "io.prometheus.metrics.core.util.Scheduler");
        assertEquals(
                List.of("awaitInitialization", "schedule"),
                scheduler.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(method -> method.getName())
                        .sorted()
                        .toList());
    }

    @Test
    void djlReportsItsUseUnlessItIsToldNotTo() throws Exception {
        assertTrue(
                original("api", "ai.djl.engine.Engine").getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTarget().getFullName().startsWith("ai.djl.util.Ec2Utils.callHome(")),
                "DJL no longer reports");
        try (var utils = url("api", "ai.djl.util.Ec2Utils").openStream()) {
            assertTrue(
                    new String(utils.readAllBytes(), StandardCharsets.ISO_8859_1).contains("OPT_OUT_TRACKING"),
                    "the property has another name");
        }
    }

    @Test
    void djlReportsNothingOnceItIsToldNotTo() throws Exception {
        DjlStartup.prepare();
        Class<?> utils = Class.forName("ai.djl.util.Ec2Utils");
        utils.getMethod("callHome", String.class).invoke(null, "OnnxRuntime");
        assertEquals(0L, staticField(utils, "lastCheckIn"), "it has not even tried");
    }

    @Test
    void warningsOfDjlAreHidden() {
        DjlStartup.prepare();
        assertFalse(Logger.getLogger("ai.djl.engine.Engine").isLoggable(Level.WARNING));
        assertTrue(Logger.getLogger("ai.djl.engine.Engine").isLoggable(Level.SEVERE));
    }

    @Test
    void cleanupNeverFails() {
        assertDoesNotThrow(OnnxRuntimeCleanup::run);
    }
}
