package ink.neural.evaluation;

import static java.util.stream.Collectors.groupingBy;

import ink.neural.recognition.Example;
import ink.neural.recognition.Hand;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import ink.neural.recognition.Prediction;
import ink.neural.recognition.Recognition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Evaluates how much examples of a person's hand help:
 *
 * <pre>mvn -q test-compile exec:java@hand -Dexec.args="FILE [MODELS]"</pre>
 *
 * <p>{@code training/hand.py --evaluate} writes the file. The second argument is the folder of another model. Of every
 * character of which a person has more than k drawings, k are examples, and the others are read.
 */
public final class EvaluateHand {
    private static final Set<String> AMBIGUOUS = "0Oo1lI5Ss9gqCcJjKkMmPpUuVvWwXxYyZz"
            .chars()
            .mapToObj(Character::toString)
            .collect(Collectors.toSet());

    private static final int REPEATS = 5;
    private static final int BATCH = 128;
    private static final int MANY = 200;
    /** Examples of a character that the model does not know. */
    private static final int TAUGHT = 3;

    private final LoadedModel model;
    private final List<List<Drawing>> people;

    private EvaluateHand(LoadedModel model, List<Sample> samples) {
        this.model = model;
        List<Recognition> recognitions = recognize(samples);
        people = List.copyOf(IntStream.range(0, samples.size())
                .mapToObj(i -> new Drawing(samples.get(i), recognitions.get(i)))
                .collect(groupingBy(
                        drawing -> drawing.sample().json().getString("writer"), TreeMap::new, Collectors.toList()))
                .values());
    }

    /** A drawing and what the model makes of it without examples. */
    private record Drawing(Sample sample, Recognition recognition) {
        String label() {
            return sample.text();
        }

        boolean isSymbol() {
            return sample.group().equals("symbol");
        }

        Example example() {
            return new Example("", label(), recognition.features().orElseThrow());
        }
    }

    /** A person's drawings, some of which are examples. */
    private record Split(List<Drawing> examples, List<Drawing> others) {
        /** The first k drawings of each of some characters, in random order, are examples. */
        static Split of(List<Drawing> drawings, int k, Predicate<String> isTaught, Random random) {
            List<Drawing> shuffled = new ArrayList<>(drawings);
            Collections.shuffle(shuffled, random);
            Split split = new Split(new ArrayList<>(), new ArrayList<>());
            shuffled.stream()
                    .collect(groupingBy(Drawing::label, TreeMap::new, Collectors.toList()))
                    .forEach((label, own) -> {
                        int count = own.size() > k && isTaught.test(label) ? k : 0;
                        split.examples().addAll(own.subList(0, count));
                        split.others().addAll(own.subList(count, own.size()));
                    });
            return split;
        }

        /** The other drawings of the characters that there are examples of. */
        List<Drawing> othersOfTaught() {
            Set<String> taught = examples.stream().map(Drawing::label).collect(Collectors.toSet());
            return others.stream()
                    .filter(drawing -> taught.contains(drawing.label()))
                    .toList();
        }

        Hand hand(LoadedModel model) {
            return model.hand(examples.stream().map(Drawing::example).toList());
        }
    }

    /** How a drawing is read without examples and with them. */
    private record Reading(int person, boolean wasRight, boolean isRight, double confidence) {
        static Reading of(int person, Drawing drawing, Hand hand) {
            Prediction adapted = hand.adapt(drawing.recognition()).top(1).get(0);
            return new Reading(
                    person,
                    drawing.recognition().top(1).get(0).label().equals(drawing.label()),
                    adapted.label().equals(drawing.label()),
                    adapted.confidence());
        }
    }

    /**
     * Prints the tables.
     *
     * @param args the arguments that the class comment describes
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] args) throws IOException {
        Optional<Path> models = args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty();
        try (LoadedModel model =
                LoadedModel.load(new ModelFiles(models, ModelFiles.bundled().model()))) {
            EvaluateHand evaluation = new EvaluateHand(model, Sample.read(Path.of(args[0])));
            System.out.println(model.nameAndVersion());
            evaluation.printAccuracy();
            evaluation.printSymbols();
        }
    }

    private List<Recognition> recognize(List<Sample> samples) {
        return IntStream.range(0, (samples.size() + BATCH - 1) / BATCH)
                .mapToObj(i -> samples.subList(i * BATCH, Math.min(samples.size(), (i + 1) * BATCH)))
                .flatMap(some -> model
                        .recognize(
                                some.stream()
                                        .map(sample -> model.normalize(sample.letter()))
                                        .toList(),
                                LoadedModel.PREDICT)
                        .stream())
                .toList();
    }

    private void printAccuracy() {
        System.out.println("                             drawings   before    after   gain  calibration error"
                + "  gain of people: least, quartiles, most  least of those with 200");
        for (int k : new int[] {1, 2, 3, 5}) {
            print(k + " of each character", k, label -> true, Split::othersOfTaught);
            print("  all other drawings", k, label -> true, Split::others);
        }
        print("1 of each ambiguous one", 1, AMBIGUOUS::contains, Split::othersOfTaught);
        print("  all other drawings", 1, AMBIGUOUS::contains, Split::others);
    }

    private void print(String name, int k, Predicate<String> isTaught, Function<Split, List<Drawing>> read) {
        List<Reading> readings = repeated(random -> person -> {
            List<Drawing> characters = people.get(person).stream()
                    .filter(drawing -> !drawing.isSymbol())
                    .toList();
            Split split = Split.of(characters, k, isTaught, random);
            Hand hand = split.hand(model);
            return read.apply(split).stream().map(drawing -> Reading.of(person, drawing, hand));
        });
        Map<Integer, List<Reading>> byPerson = readings.stream().collect(groupingBy(Reading::person));
        double[] gains = byPerson.values().stream()
                .mapToDouble(EvaluateHand::gain)
                .sorted()
                .toArray();
        double leastOfMany = byPerson.values().stream()
                .filter(own -> own.size() >= MANY * REPEATS)
                .mapToDouble(EvaluateHand::gain)
                .min()
                .orElse(Double.NaN);
        System.out.printf(
                "%-27s %,9d  %5.2f %%  %5.2f %%  %+5.2f  %5.2f %%  %+.1f %+.1f %+.1f %+.1f %+.1f  %+.1f%n",
                name,
                readings.size() / REPEATS,
                100 * share(readings, Reading::wasRight),
                100 * share(readings, Reading::isRight),
                gain(readings),
                100 * CalibrationError.of(readings, Reading::confidence, Reading::isRight),
                gains[0],
                gains[gains.length / 4],
                gains[gains.length / 2],
                gains[3 * gains.length / 4],
                gains[gains.length - 1],
                leastOfMany);
    }

    private <T> List<T> repeated(Function<Random, IntFunction<Stream<T>>> work) {
        return IntStream.range(0, REPEATS)
                .boxed()
                .flatMap(repeat -> {
                    IntFunction<Stream<T>> ofPerson = work.apply(new Random(repeat));
                    return IntStream.range(0, people.size()).mapToObj(ofPerson).flatMap(readings -> readings);
                })
                .toList();
    }

    private static double gain(List<Reading> readings) {
        return 100 * (share(readings, Reading::isRight) - share(readings, Reading::wasRight));
    }

    private static <T> double share(List<T> all, Predicate<T> condition) {
        return all.stream().filter(condition).count() / (double) all.size();
    }

    /** A symbol that was taught, and how another drawing is read then. */
    private record Match(String taught, boolean isSymbol, boolean isMatch) {}

    /** Each person teaches each of the symbols by itself. */
    private void printSymbols() {
        List<Match> matches = repeated(random -> person -> matches(people.get(person), random));
        List<Match> symbols = matches.stream().filter(Match::isSymbol).toList();
        List<Match> characters =
                matches.stream().filter(match -> !match.isSymbol()).toList();
        System.out.printf(
                "Taught with %d drawings, a symbol is read right on %.1f %% of %,d others, and for it are taken %.2f %% of %,d letters and digits%n",
                TAUGHT,
                100 * share(symbols, Match::isMatch),
                symbols.size() / REPEATS,
                100 * share(characters, Match::isMatch),
                characters.size() / REPEATS);
        symbols.stream()
                .collect(groupingBy(Match::taught, TreeMap::new, Collectors.toList()))
                .forEach((symbol, own) -> System.out.printf("%s %.0f %%  ", symbol, 100 * share(own, Match::isMatch)));
        System.out.println();
    }

    private Stream<Match> matches(List<Drawing> drawings, Random random) {
        Set<String> symbols = drawings.stream()
                .filter(Drawing::isSymbol)
                .map(Drawing::label)
                .collect(Collectors.toCollection(TreeSet::new));
        return symbols.stream().flatMap(symbol -> {
            List<Drawing> shown = drawings.stream()
                    .filter(drawing -> !drawing.isSymbol() || drawing.label().equals(symbol))
                    .toList();
            Split split = Split.of(shown, TAUGHT, symbol::equals, random);
            Hand hand = split.hand(model);
            return split.examples().isEmpty()
                    ? Stream.empty()
                    : split.others().stream()
                            .map(drawing -> new Match(
                                    symbol,
                                    drawing.isSymbol(),
                                    hand.adapt(drawing.recognition())
                                            .top(1)
                                            .get(0)
                                            .label()
                                            .equals(symbol)));
        });
    }
}
