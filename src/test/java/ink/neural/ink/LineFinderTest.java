package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.Drawing;
import java.awt.BasicStroke;
import java.awt.geom.Line2D;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFinderTest {
    private static Scene white() {
        return Scene.paper(300, 280, 0xFFFFFFFF);
    }

    private static Scene line(Scene scene, double x1, double y1, double x2, double y2, float thickness) {
        return scene.print(0xFF000000, pen -> {
            pen.setStroke(new BasicStroke(thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
            pen.draw(new Line2D.Double(x1, y1, x2, y2));
        });
    }

    private static List<Line> find(Scene scene) {
        Drawing drawing = scene.drawing();
        return LineFinder.find(
                new Channel(drawing.width(), drawing.height(), drawing.greys()).inverted(), 100, Subject.CHARACTER);
    }

    @ParameterizedTest
    @CsvSource({"150, 150, 1", "150, 150, 4", "140, 156, 3", "156, 140, 8", "3, 3, 2", "297, 297, 2"})
    void lineFromEdgeToEdgeIsFound(double top, double bottom, float thickness) {
        List<Line> lines = find(line(white(), top, 0, bottom, 280, thickness));
        assertEquals(1, lines.size());
        Line line = lines.get(0);
        assertEquals(top, line.column(0), 1);
        assertEquals(bottom, line.column(280), 1);
        assertEquals(thickness, line.thickness(), 1.2);
        assertEquals(255, line.contrast(), 5);
        assertTrue(line.spans(280));
    }

    @Test
    void slantedLineWithGapIsOneLine() {
        Scene scene = line(line(white(), 140, 20, 145, 120, 3), 145.2, 124, 152, 260, 3);
        List<Line> lines = find(scene);
        assertEquals(1, lines.size());
        assertEquals(20, lines.get(0).from(), 3);
        assertEquals(260, lines.get(0).to(), 3);
        assertEquals(0.05, lines.get(0).slope(), 0.005);
    }

    @Test
    void parallelLinesAreFoundOneByOne() {
        Scene scene = white();
        for (int x = 30; x < 300; x += 40) {
            line(scene, x, 0, x, 280, 2);
        }
        List<Line> lines = find(scene);
        assertEquals(7, lines.size());
        List<Long> columns = lines.stream()
                .map(line -> Math.round(line.middleColumn() / 10) * 10)
                .sorted()
                .toList();
        assertEquals(List.of(30L, 70L, 110L, 150L, 190L, 230L, 270L), columns);
    }

    @Test
    void lineThroughACharacterIsFound() {
        Scene scene = line(white(), 200, 0, 200, 280, 2).print(0xFF000000, pen -> pen.drawOval(120, 80, 160, 120));
        assertTrue(find(scene).stream().anyMatch(line -> line.spans(280) && Math.abs(line.middleColumn() - 200) <= 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.01, 0.1, 0.5})
    void thereAreNoLinesInNoise(double share) {
        assertEquals(List.of(), find(white().dust(share, 0)));
    }

    @Test
    void steepAndShortAndThickStrokesAreNoLines() {
        assertEquals(List.of(), find(line(white(), 40, 20, 240, 260, 3)), "slope");
        assertEquals(List.of(), find(line(white(), 150, 100, 150, 120, 3)), "length");
        assertEquals(List.of(), find(line(white(), 150, 0, 150, 280, 60)), "thickness");
    }

    @Test
    void thereAreNoLinesInATexture() {
        Scene scene = Scene.paper(1000, 400, 0xFFFFFFFF);
        for (int x = 0; x < 1000; x += 4) {
            scene.rectangle(x, 0, 2, 400, 0xFF000000);
        }
        assertEquals(List.of(), find(scene));
    }
}
