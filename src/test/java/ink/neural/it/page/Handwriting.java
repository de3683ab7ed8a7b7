package ink.neural.it.page;

import ink.neural.it.page.GoldenDrawing.Point;
import java.util.ArrayList;
import java.util.List;

/** Text that is written on a line with characters of different people. */
final class Handwriting {
    private static final double CAPITAL_TOP = 80;
    private static final double SMALL_TOP = 118;
    private static final double BASELINE = 190;
    private static final double DESCENDER = 240;
    private static final double GAP = 20;
    private static final double WORD_GAP = 90;

    private Handwriting() {}

    /** The strokes of a text that starts at the left edge of the sheet. */
    static List<List<Point>> of(String text) {
        return of(text, 30);
    }

    /** The strokes of a text that starts at {@code left}, in sheet units. */
    static List<List<Point>> of(String text, double left) {
        List<List<Point>> strokes = new ArrayList<>();
        double x = left;
        for (char c : text.toCharArray()) {
            if (c == ' ') {
                x += WORD_GAP;
                continue;
            }
            List<List<Point>> written = write(c, x);
            strokes.addAll(written);
            x = written.stream()
                            .flatMap(List::stream)
                            .mapToDouble(Point::x)
                            .max()
                            .orElseThrow()
                    + GAP;
        }
        return strokes;
    }

    private static List<List<Point>> write(char c, double x) {
        List<List<Point>> strokes = GoldenDrawing.all().stream()
                .filter(drawing -> drawing.label().equals(String.valueOf(c)))
                .findFirst()
                .orElseThrow()
                .strokes();
        double left = strokes.stream()
                .flatMap(List::stream)
                .mapToDouble(Point::x)
                .min()
                .orElseThrow();
        double top = strokes.stream()
                .flatMap(List::stream)
                .mapToDouble(Point::y)
                .min()
                .orElseThrow();
        double bottom = strokes.stream()
                .flatMap(List::stream)
                .mapToDouble(Point::y)
                .max()
                .orElseThrow();
        double newTop = "acegmnopqrsuvwxyz".indexOf(c) >= 0 ? SMALL_TOP : CAPITAL_TOP;
        double newBottom = "gpqy".indexOf(c) >= 0 ? DESCENDER : BASELINE;
        double scale = (newBottom - newTop) / (bottom - top);
        return strokes.stream()
                .map(stroke -> stroke.stream()
                        .map(point -> new Point(x + (point.x() - left) * scale, newTop + (point.y() - top) * scale))
                        .toList())
                .toList();
    }
}
