package ink.neural.recognition;

import ink.neural.glyph.Glyph;
import ink.neural.glyph.GlyphNormalizer;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import ink.neural.recognition.ModelDescriptor.Cascade;
import ink.neural.recognition.ModelDescriptor.Legibility;
import ink.neural.recognition.ModelDescriptor.Output;
import ink.neural.recognition.Recognition.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A model in memory: a descriptor, labels and a network that fit together. Any number of threads may use it. */
public final class LoadedModel implements Model {
    /** The prior for a drawing whose character is not known. */
    public static final String PREDICT = "predict";

    /** The name of no prior. */
    private static final String NO_PRIOR = "";
    /** Keeps the logarithm of a probability finite. */
    private static final double MIN_PROBABILITY = 1e-12;

    private static final int MAX_FEATURE = 127;

    private final ModelDescriptor descriptor;
    private final Labels labels;
    private final Map<String, Prior> priors;
    private final GlyphNormalizer normalizer;
    private final GlyphNetwork network;
    /** The names of the network's outputs besides the classes. */
    private final Set<String> otherOutputs;

    private final ModelFile descriptorFile;
    private final ModelFile file;

    private LoadedModel(
            ModelDescriptor descriptor,
            Labels labels,
            Map<String, Prior> priors,
            GlyphNetwork network,
            ModelFile descriptorFile,
            ModelFile file) {
        this.descriptor = descriptor;
        this.descriptorFile = descriptorFile;
        this.file = file;
        this.labels = labels;
        this.priors = priors;
        this.normalizer = new GlyphNormalizer(descriptor.glyph());
        this.network = network;
        this.otherOutputs = Stream.of(
                        descriptor.legibility().map(Legibility::output),
                        descriptor.cascade().map(Cascade::output),
                        descriptor.fewShot().map(FewShot::output))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /**
     * Loads a model and tests it with blank glyphs.
     *
     * @param files the model's files
     * @return the model, to be closed by the caller
     * @throws InvalidModelException if a file is missing or damaged, or the files do not fit together
     */
    public static LoadedModel load(ModelFiles files) {
        ModelFile descriptorFile = ModelFile.of(files.read(files.model() + ".json"));
        ModelDescriptor descriptor = ModelDescriptor.parse(descriptorFile.content());
        Labels labels = Labels.parse(files.read(descriptor.labels()));
        Map<String, Prior> priors = priors(descriptor, labels);
        requireGuidesOfAll(descriptor, labels);
        ModelFile file = ModelFile.of(files.read(descriptor.file()));
        GlyphNetwork network = GlyphNetwork.load(
                file.content(), descriptor.glyph().size(), priors.get(NO_PRIOR).inputs());
        LoadedModel model = new LoadedModel(descriptor, labels, priors, network, descriptorFile, file);
        try {
            model.selfTest();
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static void requireGuidesOfAll(ModelDescriptor descriptor, Labels labels) {
        descriptor.guides().ifPresent(guides -> {
            if (!guides.labels().keySet().containsAll(labels.characters())) {
                throw new InvalidModelException("the descriptor's guides lack a label");
            }
        });
    }

    private static Map<String, Prior> priors(ModelDescriptor descriptor, Labels labels) {
        Map<String, Prior> priors = new HashMap<>();
        priors.put(NO_PRIOR, Prior.of(NO_PRIOR, new double[labels.size()], descriptor.cascade()));
        descriptor.priors().forEach((name, probabilities) -> {
            if (probabilities.length != labels.size()) {
                throw new InvalidModelException("the prior %s has %d probabilities for %d labels"
                        .formatted(name, probabilities.length, labels.size()));
            }
            double[] log = DoubleStream.of(probabilities).map(LoadedModel::log).toArray();
            priors.put(name, Prior.of(name, log, descriptor.cascade()));
        });
        return priors;
    }

    /** A batch of two blank glyphs shows whether the network accepts batches and its outputs have the right shape. */
    private void selfTest() {
        int size = descriptor.glyph().size();
        Glyph blank = new Glyph(size, descriptor.glyph().orientation(), new float[size * size]);
        for (Recognition recognition : recognize(List.of(blank, blank), NO_PRIOR)) {
            if (!DoubleStream.of(recognition.scores()).allMatch(Double::isFinite)) {
                throw new InvalidModelException("the network's scores for a blank glyph are not finite");
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
    public ModelDescriptor descriptor() {
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

    /**
     * The characters that the model knows.
     *
     * @return the labels in the order of the network's outputs
     */
    public Labels labels() {
        return labels;
    }

    /**
     * Turns the ink of a character into the glyph that the network expects.
     *
     * @param ink the ink
     * @return its glyph
     */
    public Glyph normalize(Ink ink) {
        return normalizer.normalize(ink);
    }

    /**
     * Recognises one glyph with the prior {@link #PREDICT}.
     *
     * @param glyph a glyph made by {@link #normalize}
     * @return the scores of all characters
     */
    public Recognition recognize(Glyph glyph) {
        return recognize(List.of(glyph), PREDICT).get(0);
    }

    /**
     * Recognises glyphs in one run of the network.
     *
     * @param glyphs glyphs made by {@link #normalize}, at least one
     * @param prior name of the prior to add; a name that the descriptor does not list means no prior
     * @return a recognition for each glyph, in the same order
     */
    public List<Recognition> recognize(List<Glyph> glyphs, String prior) {
        Prior known = priors.getOrDefault(prior, priors.get(NO_PRIOR));
        float[][] pixels = glyphs.stream().map(Glyph::pixels).toArray(float[][]::new);
        GlyphNetwork.Outputs outputs = network.run(pixels, known.inputs(), otherOutputs);
        return IntStream.range(0, pixels.length)
                .mapToObj(i -> new Recognition(
                        labels,
                        scores(outputs.classes()[i], known.log()),
                        legibility(outputs, i),
                        route(outputs, i),
                        features(outputs, i)))
                .toList();
    }

    /**
     * Adds where the ink stands to what the glyph shows.
     *
     * @param recognition the verdict on the glyph
     * @param guides the lines that the character was written on
     * @param ink the bounding box of its ink
     * @return the verdict on both; the descriptor must have guides
     */
    public Recognition guide(Recognition recognition, Guides guides, Box ink) {
        return recognition.with(descriptor.guides().orElseThrow().logLikelihoods(guides, ink, recognition.labels()));
    }

    /**
     * The hand of a person.
     *
     * @param examples what the person has written, with features of this model; the descriptor must have a few-shot step
     * @return the hand
     */
    public Hand hand(List<Example> examples) {
        return new Hand(descriptor.fewShot().orElseThrow(), labels, examples);
    }

    private double[] scores(float[] outputs, double[] logPrior) {
        if (outputs.length != labels.size()) {
            throw new InvalidModelException("the network has %d classes, but %s has %d labels"
                    .formatted(outputs.length, descriptor.labels(), labels.size()));
        }
        double[] scores = new double[outputs.length];
        for (int i = 0; i < scores.length; i++) {
            double logit = descriptor.output() == Output.LOGITS ? outputs[i] : log(outputs[i]);
            scores[i] = logit / descriptor.temperature() + logPrior[i];
        }
        return scores;
    }

    private OptionalDouble legibility(GlyphNetwork.Outputs outputs, int glyph) {
        return descriptor.legibility().stream()
                .mapToDouble(scale -> scale.scale() * outputs.others().get(scale.output())[glyph][0] + scale.offset())
                .map(logit -> 1 / (1 + Math.exp(-logit)))
                .findFirst();
    }

    private Optional<Route> route(GlyphNetwork.Outputs outputs, int glyph) {
        return descriptor
                .cascade()
                .map(cascade -> outputs.others().get(cascade.output())[glyph][0] > 0 ? Route.BOTH : Route.FIRST);
    }

    /** The network scales its features for whole numbers of a byte. */
    private Optional<byte[]> features(GlyphNetwork.Outputs outputs, int glyph) {
        return descriptor.fewShot().map(step -> {
            float[] values = outputs.others().get(step.output())[glyph];
            if (values.length != step.size()) {
                throw new InvalidModelException("the network has %d features, but the descriptor says %d"
                        .formatted(values.length, step.size()));
            }
            byte[] features = new byte[values.length];
            for (int i = 0; i < features.length; i++) {
                features[i] = (byte) Math.max(-MAX_FEATURE, Math.min(MAX_FEATURE, Math.round(values[i])));
            }
            return features;
        });
    }

    private static double log(double probability) {
        return Math.log(Math.max(probability, MIN_PROBABILITY));
    }

    @Override
    public void close() {
        network.close();
    }
}
