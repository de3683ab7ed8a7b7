package ink.neural.recognition;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ink.neural.workaround.DjlStartup;
import ink.neural.workaround.OnnxRuntimeCleanup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A neural network in native memory: an ONNX file that DJL runs on ONNX Runtime. Any number of threads may run it.
 *
 * <p>The network's block is run without DJL's {@code Predictor}, because that has a finalizer. A finalizer for each run slows
 * down garbage collection, and keeps what the run has allocated until the next full one.
 */
public final class OnnxModel implements AutoCloseable {
    static {
        DjlStartup.prepare();
    }

    /** The networks are too small to gain from more threads, and idle threads spin. */
    private static final Map<String, ?> OPTIONS = Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1");

    private final Model model;

    private OnnxModel(Model model) {
        this.model = model;
    }

    /**
     * An array of numbers that enters or leaves a network.
     *
     * @param name name of the output; null for an input, and for an output without a name
     * @param shape the sizes of its dimensions
     * @param values the numbers, those of the last dimension side by side
     */
    public record Tensor(String name, long[] shape, float[] values) {
        /**
         * An input.
         *
         * @param values the numbers
         * @param shape the sizes of its dimensions
         * @return the tensor
         */
        public static Tensor input(float[] values, long... shape) {
            return new Tensor(null, shape, values);
        }
    }

    /**
     * Loads a network.
     *
     * @param onnx the ONNX file
     * @return the network, to be closed by the caller
     * @throws InvalidModelException if the file is damaged
     */
    public static OnnxModel load(byte[] onnx) {
        Model model = Model.newInstance("neural-ink", Device.cpu(), "OnnxRuntime");
        try {
            model.load(new ByteArrayInputStream(onnx), OPTIONS);
            OnnxRuntimeCleanup.run();
            return new OnnxModel(model);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new InvalidModelException("the network's file is damaged or not an ONNX file", e);
        }
    }

    /**
     * Runs the network once.
     *
     * @param inputs its inputs, in their order
     * @return its outputs
     * @throws InvalidModelException if the network fails, such as for inputs of these shapes
     */
    public List<Tensor> run(List<Tensor> inputs) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDList arrays = new NDList(inputs.size());
            for (Tensor input : inputs) {
                arrays.add(manager.create(input.values(), new Shape(input.shape())));
            }
            return model.getBlock().forward(new ParameterStore(manager, false), arrays, false).stream()
                    .map(OnnxModel::tensor)
                    .toList();
        } catch (RuntimeException e) { // DJL throws several kinds
            throw new InvalidModelException("the network cannot be run", e);
        }
    }

    private static Tensor tensor(NDArray output) {
        return new Tensor(output.getName(), output.getShape().getShape(), output.toFloatArray());
    }

    /** Frees the network's native memory. No thread may use the network any more. */
    @Override
    public void close() {
        model.close();
    }
}
