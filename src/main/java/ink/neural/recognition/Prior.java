package ink.neural.recognition;

import ink.neural.recognition.ModelDescriptor.Cascade;
import ink.neural.recognition.OnnxModel.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What is known of characters before their glyphs are seen.
 *
 * @param log the log probability of each class, up to a common constant
 * @param inputs what a cascade needs to decide which glyphs its second network reads; none for other networks
 */
record Prior(double[] log, List<Tensor> inputs) {
    static Prior of(String name, double[] log, Optional<Cascade> cascade) {
        return new Prior(
                log, cascade.map(own -> inputs(log, own.threshold(name))).orElse(List.of()));
    }

    private static List<Tensor> inputs(double[] log, float threshold) {
        float[] floats = new float[log.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) log[i];
        }
        return List.of(Tensor.input(floats, floats.length), Tensor.input(new float[] {threshold}, 1));
    }
}
