package ink.neural.recognition;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes what ONNX Runtime leaves until the process ends. On a server an application may end long before, and come
 * again: each time 24 MB of files would stay, and all its classes with the native library in memory.
 */
final class Traces {
    private static final Logger LOG = Logger.getLogger(Traces.class.getName());

    private Traces() {}

    /** To be called when the library is loaded. Where something cannot be removed, it stays as it would without this. */
    static void remove() {
        try {
            deleteFiles();
            forgetHook();
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, e, () -> "ONNX Runtime's traces stay until the process ends");
        }
    }

    /** The files the library was loaded from are needed no more, but Windows keeps them as long as it is loaded. */
    private static void deleteFiles() throws ReflectiveOperationException {
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
     * Its shutdown hook does nothing here (see {@code OrtEnvCloser}), but Java keeps it, and it keeps our classes. Only
     * Java knows it: this works if {@code java.lang} is open, as Jakarta EE servers have it.
     */
    private static void forgetHook() throws ReflectiveOperationException {
        Class<?> owner = Class.forName("java.lang.ApplicationShutdownHooks");
        Field field = owner.getDeclaredField("hooks");
        field.setAccessible(true);
        List<?> hooks;
        synchronized (owner) {
            hooks = List.copyOf(((Map<?, ?>) field.get(null)).keySet());
        }
        ClassLoader ours = Traces.class.getClassLoader();
        for (Object hook : hooks) {
            Thread thread = (Thread) hook;
            if (thread.getContextClassLoader() == ours && thread.getName().startsWith("Thread-")) {
                Runtime.getRuntime().removeShutdownHook(thread);
            }
        }
    }
}
