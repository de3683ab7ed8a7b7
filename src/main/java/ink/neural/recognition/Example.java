package ink.neural.recognition;

/**
 * A drawing that its writer has labelled, as a model sees it.
 *
 * @param model name and version of the model, such as {@code emnist-byclass@2.0.0}
 * @param label the character on the drawing, which the model need not know
 * @param features the features that the model found, see {@link Recognition#features}
 */
public record Example(String model, String label, byte[] features) {}
