package ink.neural.api;

import ink.neural.drawing.DataUrl;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;

/** Values of answers as JSON has them. A value that was not asked for is null, and left out. */
final class Answers {
    /** More decimals would be noise. */
    private static final int DECIMALS = 6;

    private Answers() {}

    static String dataUrl(Optional<byte[]> png) {
        return png.map(file -> DataUrl.encode("image/png", file)).orElse(null);
    }

    static BigDecimal rounded(double probability) {
        return BigDecimal.valueOf(probability).setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    static BigDecimal rounded(OptionalDouble probability) {
        return probability.isPresent() ? rounded(probability.getAsDouble()) : null;
    }
}
