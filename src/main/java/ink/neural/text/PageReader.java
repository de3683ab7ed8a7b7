package ink.neural.text;

import ink.neural.ink.BoxRow;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.ink.TextInk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Divides a page into its lines, and makes their images as long as they are not too long together. */
final class PageReader {
    private final LineSpec spec;
    private int columnsLeft = TextReader.MAX_COLUMNS;

    PageReader(LineSpec spec) {
        this.spec = spec;
    }

    List<Line> lines(TextInk text) {
        if (text.boxRows().isEmpty()) {
            return images(new TextLine(text.ink(), 0, 0));
        }
        BoxRowSplitter splitter = new BoxRowSplitter(text);
        List<Line> lines = new ArrayList<>();
        text.boxRows().forEach(row -> lines.add(boxedLine(row, splitter)));
        lines.removeIf(line -> ((BoxedLine) line).isEmpty());
        splitter.rest().ifPresent(rest -> lines.addAll(images(rest)));
        if (lines.isEmpty()) {
            throw new EmptyDrawingException();
        }
        if (lines.size() > TextReader.MAX_LINES) {
            throw TooMuchTextException.tooManyLines();
        }
        lines.sort(Comparator.comparingInt(Line::top));
        return lines;
    }

    private List<Line> images(TextLine part) {
        return LineSegmenter.segment(part.ink()).stream()
                .map(line -> line.move(part.left(), part.top()))
                .<Line>map(this::image)
                .toList();
    }

    private BoxedLine boxedLine(BoxRow row, BoxRowSplitter splitter) {
        return new BoxedLine(row.boxes().stream()
                .map(box -> new BoxedLine.Cell(box, splitter.inkIn(box).map(this::image)))
                .toList());
    }

    private LineImage image(TextLine line) {
        LineImage image = LineImage.of(line, spec, columnsLeft);
        columnsLeft -= image.width();
        return image;
    }
}
