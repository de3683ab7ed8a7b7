package ink.neural.recognition;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import ink.neural.workaround.DjlStartup;
import ink.neural.workaround.OnnxRuntimeCleanup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A neural network in native memory: an ONNX file that DJL runs on ONNX Runtime. Any number of threads may run it. */
final class OnnxModel implements AutoCloseable {
    static {
        DjlStartup.prepare();
    }

    /** The network is too small to gain from more threads, and idle threads spin. */
    private static final Map<String, ?> OPTIONS = Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1");

    private final Model model;
    private final Shape input;

    private OnnxModel(Model model, Shape input) {
        this.model = model;
        this.input = input;
    }

    /**
     * Loads a network.
     *
     * @param onnx the ONNX file
     * @param size side of the square input
     * @throws InvalidModelException if the file is damaged, or the network accepts neither {@code [N, 1, size, size]} nor
     *     Keras' {@code [N, size, size, 1]}
     */
    static OnnxModel load(byte[] onnx, int size) {
        Model model = Model.newInstance("neural-ink", Device.cpu(), "OnnxRuntime");
        try {
            model.load(new ByteArrayInputStream(onnx), OPTIONS);
            OnnxRuntimeCleanup.run();
            return withAcceptedInput(model, size);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new InvalidModelException("the network's file is damaged or not an ONNX file", e);
        } catch (InvalidModelException e) {
            model.close();
            throw e;
        }
    }

    /** DJL does not report the input shape of a network, so this tries each shape with a batch of two blank glyphs. */
    private static OnnxModel withAcceptedInput(Model model, int size) {
        InvalidModelException failure = null;
        for (Shape input : List.of(new Shape(1, size, size), new Shape(size, size, 1))) {
            OnnxModel network = new OnnxModel(model, input);
            try {
                network.run(new float[2][size * size], Optional.empty());
                return network;
            } catch (InvalidModelException e) {
                failure = e;
            }
        }
        throw new InvalidModelException(
                "the network accepts neither [N, 1, %1$d, %1$d] nor [N, %1$d, %1$d, 1] as input".formatted(size),
                failure);
    }

    /**
     * The network's outputs for some glyphs.
     *
     * @param classes for each glyph, a number for each class
     * @param legibility a logit for each glyph, if asked for
     */
    record Outputs(float[][] classes, Optional<float[]> legibility) {}

    /**
     * Runs the network once over any number of glyphs.
     *
     * @param glyphs the pixels of each glyph
     * @param legibility name of the legibility output, if it is asked for
     * @throws InvalidModelException if the network fails or lacks an output
     */
    Outputs run(float[][] glyphs, Optional<String> legibility) {
        try (Predictor<float[][], Outputs> predictor = model.newPredictor(new GlyphTranslator(input, legibility))) {
            return predictor.predict(glyphs);
        } catch (TranslateException | EngineException e) {
            throw e.getCause() instanceof InvalidModelException reason
                    ? reason
                    : new InvalidModelException("the network cannot be run", e);
        }
    }

    @Override
    public void close() {
        model.close();
    }

    /** Converts a batch of plain arrays to tensors and back. DJL's own batching fails on ONNX Runtime's arrays. */
    private record GlyphTranslator(Shape input, Optional<String> legibility)
            implements NoBatchifyTranslator<float[][], Outputs> {

        @Override
        public NDList processInput(TranslatorContext context, float[][] glyphs) {
            int area = glyphs[0].length;
            float[] pixels = new float[glyphs.length * area];
            for (int i = 0; i < glyphs.length; i++) {
                System.arraycopy(glyphs[i], 0, pixels, i * area, area);
            }
            Shape shape = new Shape(glyphs.length).addAll(input);
            return new NDList(context.getNDManager().create(pixels, shape));
        }

        @Override
        public Outputs processOutput(TranslatorContext context, NDList outputs) {
            NDArray classes = outputs.stream()
                    .filter(output -> !legibility.equals(Optional.ofNullable(output.getName())))
                    .findFirst()
                    .orElseThrow(() -> new InvalidModelException("the network has no output for the classes"));
            return new Outputs(rows(classes), legibility.map(name -> output(outputs, name)));
        }

        private static float[] output(NDList outputs, String name) {
            return outputs.stream()
                    .filter(output -> name.equals(output.getName()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidModelException("the network has no output named " + name))
                    .toFloatArray();
        }

        private static float[][] rows(NDArray matrix) {
            float[] values = matrix.toFloatArray();
            int rows = Math.toIntExact(matrix.getShape().get(0));
            int columns = values.length / rows;
            float[][] split = new float[rows][];
            for (int i = 0; i < rows; i++) {
                split[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
            }
            return split;
        }
    }
}
