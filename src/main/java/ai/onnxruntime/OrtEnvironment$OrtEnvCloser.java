package ai.onnxruntime;

/**
 * Stands in for ONNX Runtime's own class of this name, which classes in {@code WEB-INF/classes} may. ONNX Runtime frees
 * its environment as soon as the process is told to end, while requests under way still use it, and the process crashes.
 * This does nothing instead: the process takes its memory along, and the model's memory is freed when the application ends.
 */
final class OrtEnvironment$OrtEnvCloser implements Runnable {
    @SuppressWarnings("unused") // the signature that ONNX Runtime calls
    OrtEnvironment$OrtEnvCloser(long apiHandle, long nativeHandle) {}

    @Override
    public void run() {}
}
