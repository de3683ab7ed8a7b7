package ink.neural.recognition;

/** A model in memory that can answer: it has a name, a version, and native memory. */
public interface Model extends AutoCloseable {
    /**
     * The model's name.
     *
     * @return such as {@code emnist-byclass}
     */
    String name();

    /**
     * The model's version.
     *
     * @return such as {@code 2.0.0}
     */
    String version();

    /**
     * Name and version together, as answers give them.
     *
     * @return such as {@code emnist-byclass@2.0.0}
     */
    default String nameAndVersion() {
        return name() + "@" + version();
    }

    /** Frees the native memory. No thread may use the model any more. */
    @Override
    void close();
}
