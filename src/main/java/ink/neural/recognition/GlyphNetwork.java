package ink.neural.recognition;

import ink.neural.recognition.OnnxModel.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network that takes square glyphs, and possibly further inputs. It has an output for the classes, and possibly others with a
 * row of numbers for each glyph.
 */
final class GlyphNetwork implements AutoCloseable {
    private final OnnxModel model;
    /** The sizes of a glyph's dimensions. */
    private final long[] glyphShape;

    private GlyphNetwork(OnnxModel model, long... glyphShape) {
        this.model = model;
        this.glyphShape = glyphShape;
    }

    /**
     * Loads a network.
     *
     * @param onnx the ONNX file
     * @param size side of the square input
     * @param further further inputs to try it with
     * @throws InvalidModelException if the file is damaged, or the network accepts neither {@code [N, 1, size, size]} nor
     *     Keras' {@code [N, size, size, 1]}
     */
    static GlyphNetwork load(byte[] onnx, int size, List<Tensor> further) {
        OnnxModel model = OnnxModel.load(onnx);
        try {
            return withAcceptedInput(model, size, further);
        } catch (InvalidModelException e) {
            model.close();
            throw e;
        }
    }

    /** DJL does not report the input shape of a network, so this tries each shape with a batch of two blank glyphs. */
    private static GlyphNetwork withAcceptedInput(OnnxModel model, int size, List<Tensor> further) {
        InvalidModelException failure = null;
        for (GlyphNetwork network :
                List.of(new GlyphNetwork(model, 1, size, size), new GlyphNetwork(model, size, size, 1))) {
            try {
                network.run(new float[2][size * size], further, Set.of());
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
     * @param others by the name of the output, a row of numbers for each glyph
     */
    record Outputs(float[][] classes, Map<String, float[][]> others) {}

    /**
     * Runs the network once over any number of glyphs.
     *
     * @param glyphs the pixels of each glyph
     * @param further the inputs after the glyphs
     * @param others names of the outputs that are asked for besides the classes
     * @throws InvalidModelException if the network fails or lacks an output
     */
    Outputs run(float[][] glyphs, List<Tensor> further, Set<String> others) {
        Tensor images = Tensor.input(concatenated(glyphs), batchShape(glyphs.length));
        List<Tensor> outputs =
                model.run(Stream.concat(Stream.of(images), further.stream()).toList());
        Tensor classes = outputs.stream()
                .filter(output -> output.name() == null || !others.contains(output.name()))
                .findFirst()
                .orElseThrow(() -> new InvalidModelException("the network has no output for the classes"));
        return new Outputs(
                rows(classes),
                others.stream().collect(Collectors.toMap(name -> name, name -> rows(output(outputs, name)))));
    }

    private static float[] concatenated(float[][] glyphs) {
        int area = glyphs[0].length;
        float[] pixels = new float[glyphs.length * area];
        for (int i = 0; i < glyphs.length; i++) {
            System.arraycopy(glyphs[i], 0, pixels, i * area, area);
        }
        return pixels;
    }

    private long[] batchShape(int glyphs) {
        return new long[] {glyphs, glyphShape[0], glyphShape[1], glyphShape[2]};
    }

    private static Tensor output(List<Tensor> outputs, String name) {
        return outputs.stream()
                .filter(output -> name.equals(output.name()))
                .findFirst()
                .orElseThrow(() -> new InvalidModelException("the network has no output named " + name));
    }

    private static float[][] rows(Tensor matrix) {
        float[] values = matrix.values();
        int rows = Math.toIntExact(matrix.shape()[0]);
        int columns = values.length / rows;
        float[][] split = new float[rows][];
        for (int i = 0; i < rows; i++) {
            split[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
        }
        return split;
    }

    @Override
    public void close() {
        model.close();
    }
}
