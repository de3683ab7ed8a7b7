package ink.neural.load.search;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A request as the values of its genes. The same recipe always makes the same request.
 *
 * @param values a value for each gene
 */
record Recipe(Map<Gene, String> values) {
    private static final double SHARE_OF_PLAIN = 0.7;
    private static final int MOST_MUTATIONS = 3;

    static Recipe plain() {
        Map<Gene, String> values = new EnumMap<>(Gene.class);
        for (Gene gene : Gene.values()) {
            values.put(gene, gene.plainest());
        }
        return new Recipe(values);
    }

    /** A recipe of which most values are the plainest. */
    static Recipe random(Random random) {
        Recipe recipe = plain().with(Gene.FORMAT, Gene.FORMAT.random(random));
        for (Gene gene : Gene.values()) {
            if (random.nextDouble() > SHARE_OF_PLAIN) {
                recipe = recipe.with(gene, gene.random(random));
            }
        }
        return recipe;
    }

    /** Reads what {@link #toString} wrote. */
    static Recipe parse(String text) {
        Recipe recipe = plain();
        for (String part : text.strip().split("\\s+")) {
            int equals = part.indexOf('=');
            Gene gene = Gene.valueOf(part.substring(0, equals).toUpperCase(Locale.ROOT));
            String value = part.substring(equals + 1);
            if (!gene.has(value)) {
                throw new IllegalArgumentException("no such value: " + part);
            }
            recipe = recipe.with(gene, value);
        }
        return recipe;
    }

    Recipe with(Gene gene, String value) {
        Map<Gene, String> changed = new EnumMap<>(values);
        changed.put(gene, value);
        return new Recipe(changed);
    }

    /** Another value for one to three genes. */
    Recipe mutated(Random random) {
        Recipe recipe = this;
        for (int i = random.nextInt(MOST_MUTATIONS); i >= 0; i--) {
            Gene gene = Gene.values()[random.nextInt(Gene.values().length)];
            recipe = recipe.with(gene, gene.random(random));
        }
        return recipe;
    }

    String text(Gene gene) {
        return values.get(gene);
    }

    int number(Gene gene) {
        return Integer.parseInt(text(gene));
    }

    boolean is(Gene gene, String value) {
        return text(gene).equals(value);
    }

    /** The values that are not the plainest, and the format. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey() == Gene.FORMAT
                        || !entry.getValue().equals(entry.getKey().plainest()))
                .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
