package ink.neural.robustness;

import java.util.SplittableRandom;

/** The three strengths of a kind: 1 is slight, 3 is as strong as a person still reads with ease. */
final class Strength {
    static final int STRONGEST = 3;

    private Strength() {}

    static double of(int strength, double slight, double medium, double strong) {
        return switch (strength) {
            case 1 -> slight;
            case 2 -> medium;
            default -> strong;
        };
    }

    /** A random value between that of the strength before and that of this strength; the one before the first is {@code none}. */
    static double upTo(
            int strength, double none, double slight, double medium, double strong, SplittableRandom random) {
        double from = of(strength, none, slight, medium);
        double to = of(strength, slight, medium, strong);
        return from + random.nextDouble() * (to - from);
    }
}
