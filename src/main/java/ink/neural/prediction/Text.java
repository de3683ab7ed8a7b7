package ink.neural.prediction;

import ink.neural.text.Line;
import ink.neural.text.LineReading;
import ink.neural.text.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The text of a picture while its lines are being read, from top to bottom.
 *
 * @param lines the images of all lines, at least one
 * @param readings what has been read so far
 * @param reduction how much the picture was reduced
 * @param ink the ink as a PNG file, if it is asked for
 */
record Text(List<Line> lines, List<LineReading> readings, int reduction, Optional<byte[]> ink) {
    int columns() {
        return lines.stream().mapToInt(Line::width).sum();
    }

    boolean isRead() {
        return readings.size() == lines.size();
    }

    Line nextLine() {
        return lines.get(readings.size());
    }

    /** What precedes the next line: the line above it, or the text before the picture. */
    String before(String picture) {
        return readings.isEmpty()
                ? picture
                : readings.get(readings.size() - 1)
                                .reading()
                                .candidates()
                                .get(0)
                                .text() + " ";
    }

    Text with(LineReading reading) {
        return new Text(
                lines, Stream.concat(readings.stream(), Stream.of(reading)).toList(), reduction, ink);
    }

    TextResult result(TextOptions options, String model) {
        List<Reading> each = readings.stream()
                .map(line -> line.reading().enlarged(reduction))
                .toList();
        Reading all = each.stream()
                .reduce((above, below) -> above.followedBy(below, options.top()))
                .orElseThrow();
        return new TextResult(all, each, ink, options.legibility() ? legibility() : OptionalDouble.empty(), model);
    }

    /** The mean over all lines, in which each line counts as often as it has columns. */
    private OptionalDouble legibility() {
        double sum = 0;
        for (int i = 0; i < lines.size(); i++) {
            sum += lines.get(i).width() * readings.get(i).legibility().orElseThrow();
        }
        return OptionalDouble.of(sum / columns());
    }
}
