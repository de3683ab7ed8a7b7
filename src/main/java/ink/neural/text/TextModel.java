package ink.neural.text;

import ink.neural.recognition.InvalidModelException;
import ink.neural.recognition.Model;
import ink.neural.recognition.ModelFile;
import ink.neural.recognition.ModelFiles;
import ink.neural.recognition.OnnxModel;
import ink.neural.recognition.OnnxModel.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** A text model in memory: a descriptor and a network that fit together. Any number of threads may use it. */
public final class TextModel implements Model {
    /** Columns of a line image for each frame of the network's output. */
    static final int COLUMNS_PER_FRAME = 2;

    private static final int TEST_WIDTH = 16;

    private final TextDescriptor descriptor;
    private final OnnxModel network;
    private final ModelFile descriptorFile;
    private final ModelFile file;

    private TextModel(TextDescriptor descriptor, OnnxModel network, ModelFile descriptorFile, ModelFile file) {
        this.descriptor = descriptor;
        this.network = network;
        this.descriptorFile = descriptorFile;
        this.file = file;
    }

    /**
     * Loads a text model and tests it with a blank image.
     *
     * @param files the model's files
     * @return the model, to be closed by the caller
     * @throws InvalidModelException if a file is missing or damaged, or the files do not fit together
     */
    public static TextModel load(ModelFiles files) {
        ModelFile descriptorFile = ModelFile.of(files.read(files.model() + ".json"));
        TextDescriptor descriptor = TextDescriptor.parse(descriptorFile.content());
        ModelFile file = ModelFile.of(files.read(descriptor.file()));
        TextModel model = new TextModel(descriptor, OnnxModel.load(file.content()), descriptorFile, file);
        try {
            model.selfTest();
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private void selfTest() {
        float[][] frames = logProbabilities(new float[descriptor.lines().height() * TEST_WIDTH], TEST_WIDTH);
        for (float logProbability : frames[0]) {
            if (Float.isNaN(logProbability)) {
                throw new InvalidModelException("the text network's outputs for a blank line are not numbers");
            }
        }
    }

    @Override
    public String name() {
        return descriptor.name();
    }

    @Override
    public String version() {
        return descriptor.version();
    }

    /**
     * The model's properties.
     *
     * @return the descriptor
     */
    public TextDescriptor descriptor() {
        return descriptor;
    }

    /**
     * The descriptor as a file.
     *
     * @return UTF-8 text
     */
    public ModelFile descriptorFile() {
        return descriptorFile;
    }

    /**
     * The network as a file.
     *
     * @return the ONNX file
     */
    public ModelFile file() {
        return file;
    }

    /** Runs the network over a line. A frame has {@value #COLUMNS_PER_FRAME} columns of the image. */
    Frames read(LineImage image) {
        float[][] logProbabilities = logProbabilities(image.plane().values(), image.width());
        double[] columns = IntStream.range(0, logProbabilities.length)
                .mapToDouble(frame -> image.pictureColumn(imageColumn(frame) + descriptor.alignmentOffset()))
                .toArray();
        return new Frames(logProbabilities, columns);
    }

    /** The column of a line image in the middle of a frame. */
    static double imageColumn(int frame) {
        return (frame + 0.5) * COLUMNS_PER_FRAME;
    }

    private float[][] logProbabilities(float[] pixels, int width) {
        Tensor image = Tensor.input(pixels, 1, 1, descriptor.lines().height(), width);
        Tensor logits = network.run(List.of(image)).get(0);
        int outputs = descriptor.alphabet().size();
        int frames = width / COLUMNS_PER_FRAME;
        if (logits.values().length != frames * outputs || logits.shape()[logits.shape().length - 1] != outputs) {
            throw new InvalidModelException("the text network does not give %d logits for every %d columns"
                    .formatted(outputs, COLUMNS_PER_FRAME));
        }
        float[][] logProbabilities = new float[frames][outputs];
        for (int frame = 0; frame < frames; frame++) {
            logSoftmax(logits.values(), frame * outputs, logProbabilities[frame]);
        }
        return logProbabilities;
    }

    /** The logarithm of the softmax of some logits, which are divided by the temperature. */
    private void logSoftmax(float[] logits, int from, float[] logProbabilities) {
        float temperature = (float) descriptor.temperature();
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < logProbabilities.length; i++) {
            logProbabilities[i] = logits[from + i] / temperature;
            max = Math.max(max, logProbabilities[i]);
        }
        double sum = 0;
        for (float logit : logProbabilities) {
            sum += Math.exp(logit - max);
        }
        float normalizer = max + (float) Math.log(sum);
        for (int i = 0; i < logProbabilities.length; i++) {
            logProbabilities[i] -= normalizer;
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
