package ink.neural.recognition;

import ink.neural.glyph.Glyph;
import ink.neural.recognition.ModelDescriptor.Legibility;
import ink.neural.recognition.ModelDescriptor.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A descriptor, its labels and its network, which have been found to fit together.
 *
 * @param logPriors by purpose, what is added to each class's score
 */
record InkModel(ModelDescriptor descriptor, Labels labels, Network network, Map<String, double[]> logPriors)
        implements AutoCloseable {
    /** Keeps the logarithm of a probability finite. */
    private static final double LEAST_PROBABILITY = 1e-12;

    /**
     * Loads a model.
     *
     * @throws UnusableModel if a file is missing or damaged, or they do not fit together
     */
    static InkModel load(ModelFiles files) {
        ModelDescriptor descriptor = ModelDescriptor.parse(files.read(files.model() + ".json"));
        Labels labels = Labels.parse(files.read(descriptor.labels()));
        Map<String, double[]> logPriors = logPriors(descriptor, labels);
        Network network =
                Network.load(files.read(descriptor.file()), descriptor.glyph().size());
        InkModel model = new InkModel(descriptor, labels, network, logPriors);
        try {
            model.tryOut();
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static Map<String, double[]> logPriors(ModelDescriptor descriptor, Labels labels) {
        return descriptor.priors().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, prior -> {
            if (prior.getValue().length != labels.size()) {
                throw new UnusableModel("the prior %s has %d probabilities for %d labels"
                        .formatted(prior.getKey(), prior.getValue().length, labels.size()));
            }
            return DoubleStream.of(prior.getValue()).map(InkModel::log).toArray();
        }));
    }

    /** Two blank glyphs at once show whether the network takes batches and its outputs are what they should be. */
    private void tryOut() {
        int size = descriptor.glyph().size();
        Glyph blank = new Glyph(size, descriptor.glyph().orientation(), new float[size * size]);
        for (Recognition recognition : recognize(List.of(blank, blank), "")) {
            if (!DoubleStream.of(recognition.scores()).allMatch(Double::isFinite)) {
                throw new UnusableModel("the network's answer to a blank glyph is not finite");
            }
        }
    }

    /**
     * Recognises glyphs, in one run of the network.
     *
     * @param prior the purpose whose prior is used; none if the descriptor has no such
     */
    List<Recognition> recognize(List<Glyph> glyphs, String prior) {
        float[][] pixels = glyphs.stream().map(Glyph::pixels).toArray(float[][]::new);
        Network.Outputs outputs = network.run(pixels, descriptor.legibility().map(Legibility::output));
        return IntStream.range(0, pixels.length)
                .mapToObj(i -> new Recognition(
                        labels,
                        scores(outputs.classes()[i], logPriors.get(prior)),
                        legibility(outputs.legibility().map(logits -> logits[i]))))
                .toList();
    }

    private double[] scores(float[] outputs, double[] logPrior) {
        if (outputs.length != labels.size()) {
            throw new UnusableModel("the network tells %d classes apart, but %s has %d labels"
                    .formatted(outputs.length, descriptor.labels(), labels.size()));
        }
        double[] scores = new double[outputs.length];
        for (int i = 0; i < scores.length; i++) {
            double logit = descriptor.output() == Output.LOGITS ? outputs[i] : log(outputs[i]);
            scores[i] = logit / descriptor.temperature() + (logPrior == null ? 0 : logPrior[i]);
        }
        return scores;
    }

    private OptionalDouble legibility(Optional<Float> logit) {
        if (logit.isEmpty()) {
            return OptionalDouble.empty();
        }
        Legibility scale = descriptor.legibility().orElseThrow();
        return OptionalDouble.of(1 / (1 + Math.exp(-(scale.scale() * logit.get() + scale.offset()))));
    }

    private static double log(double probability) {
        return Math.log(Math.max(probability, LEAST_PROBABILITY));
    }

    @Override
    public void close() {
        network.close();
    }
}
