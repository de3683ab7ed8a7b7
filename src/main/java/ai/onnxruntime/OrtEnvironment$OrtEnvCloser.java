package ai.onnxruntime;

/**
 * Replaces ONNX Runtime's own class of this name, since classes in {@code WEB-INF/classes} take precedence over jars. The
 * original frees the native environment in a shutdown hook while requests still use it, and the process crashes. This
 * class frees nothing: the memory goes with the process, and the model is closed when the application stops.
 *
 * <p>Remove when ONNX Runtime no longer frees its environment in a shutdown hook.
 *
 * @see <a href="https://github.com/microsoft/onnxruntime/issues/31352">ONNX Runtime issue 31352</a>
 */
final class OrtEnvironment$OrtEnvCloser implements Runnable {
    @SuppressWarnings("unused") // ONNX Runtime calls this constructor
    OrtEnvironment$OrtEnvCloser(long apiHandle, long nativeHandle) {}

    @Override
    public void run() {}
}
