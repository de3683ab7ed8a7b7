package ink.neural.workaround;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Frees what ONNX Runtime keeps until the process ends: the native library's temporary files and a shutdown hook. On a
 * server the application may be redeployed many times in one process. Each time 24 MB of files would stay, and the hook
 * would keep the application's classes and its native library in memory.
 *
 * <p>Remove when ONNX Runtime deletes its temporary directory and registers no shutdown hook.
 *
 * @see <a href="https://github.com/microsoft/onnxruntime/issues/27656">ONNX Runtime issue 27656: the temporary files</a>
 * @see <a href="https://github.com/microsoft/onnxruntime/pull/10670">ONNX Runtime pull request 10670: the shutdown hook</a>
 */
public final class OnnxRuntimeCleanup {
    private static final Logger LOG = Logger.getLogger(OnnxRuntimeCleanup.class.getName());

    private OnnxRuntimeCleanup() {}

    /** Runs after the library has been loaded. What cannot be freed stays until the process ends. */
    public static void run() {
        try {
            deleteTemporaryFiles();
            removeShutdownHook();
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, e, () -> "ONNX Runtime's files or shutdown hook stay until the process ends");
        }
    }

    /** Windows does not delete the files of a loaded library. There they stay. */
    private static void deleteTemporaryFiles() throws ReflectiveOperationException {
        Field field = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
        field.setAccessible(true);
        File directory = ((Path) field.get(null)).toFile();
        File[] files = directory.listFiles();
        if (files != null) {
            for (File file : files) {
                file.delete();
            }
            directory.delete();
        }
    }

    /**
     * Removes the hook, which does nothing here (see {@code OrtEnvironment$OrtEnvCloser}). Java offers no public access to
     * hooks of others, so this needs {@code java.lang} to be open, as Jakarta EE servers start Java.
     */
    private static void removeShutdownHook() throws ReflectiveOperationException {
        Class<?> owner = Class.forName("java.lang.ApplicationShutdownHooks");
        Field field = owner.getDeclaredField("hooks");
        field.setAccessible(true);
        List<?> hooks;
        synchronized (owner) {
            hooks = List.copyOf(((Map<?, ?>) field.get(null)).keySet());
        }
        ClassLoader ours = OnnxRuntimeCleanup.class.getClassLoader();
        for (Object hook : hooks) {
            Thread thread = (Thread) hook;
            if (thread.getContextClassLoader() == ours && thread.getName().startsWith("Thread-")) {
                Runtime.getRuntime().removeShutdownHook(thread);
            }
        }
    }
}
