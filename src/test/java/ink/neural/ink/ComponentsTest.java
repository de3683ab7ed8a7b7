package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.Drawing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentsTest {
    /** A channel with 255 wherever a row has a {@code #}. */
    private static Channel channel(String... rows) {
        byte[] values = new byte[rows.length * rows[0].length()];
        String pixels = String.join("", rows);
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (pixels.charAt(i) == '#' ? 255 : 0);
        }
        return new Channel(rows[0].length(), rows.length, values);
    }

    private static Channel contrast(Drawing blackOnWhite) {
        return new Channel(blackOnWhite.width(), blackOnWhite.height(), blackOnWhite.greys()).inverted();
    }

    @Test
    void diagonalNeighboursBelongTogether() {
        assertEquals(1, Components.of(channel("#..", ".#.", "#.#"), 1).roots().length);
        assertEquals(1, Components.of(channel("..#", ".#.", "#.."), 1).roots().length);
        assertEquals(2, Components.of(channel("#.#", "#.#", "#.#"), 1).roots().length);
        assertEquals(1, Components.of(channel("#.#", "#.#", "###"), 1).roots().length);
    }

    @Test
    void endOfOneRowIsNoNeighbourOfTheStartOfTheNext() {
        assertEquals(2, Components.of(channel("...#", "#..."), 1).roots().length);
        assertEquals(2, Components.of(channel("...#", "....", "#..."), 1).roots().length);
    }

    @Test
    void noInkHasNoComponents() {
        assertTrue(Components.of(channel("...", "..."), 1).isEmpty());
    }

    @Test
    void areaAndBoxAreThoseOfThePixels() {
        Components components = Components.of(channel("..#...", ".###..", "#...#.", "......", "....##"), 1);
        assertEquals(2, components.roots().length);
        int largest = components.largest();
        assertEquals(6, components.area(largest));
        assertEquals(new Box(0, 0, 5, 3), components.box(largest));
        assertEquals(3, components.longestRun());
    }

    @ParameterizedTest
    @CsvSource({"3, 20", "8, 40", "15, 90"})
    void widthOfABarIsItsThickness(int thickness, int length) {
        Scene scene = Scene.paper(120, 120, 0xFFFFFFFF).rectangle(10, 10, thickness, length, 0xFF000000);
        Components components = Components.of(contrast(scene.drawing()), 128);
        assertEquals(thickness, components.strokeWidth(components.largest()), 0.3 * thickness);
    }

    @ParameterizedTest
    @ValueSource(floats = {4, 8, 16})
    void widthOfARingIsItsThickness(float thickness) {
        double[] ring = new double[2 * 61];
        for (int i = 0; i <= 60; i++) {
            ring[2 * i] = 100 + 60 * Math.cos(i * Math.PI / 30);
            ring[2 * i + 1] = 100 + 60 * Math.sin(i * Math.PI / 30);
        }
        Channel contrast =
                contrast(Inks.canvas(200, 200, thickness).stroke(ring).drawing());
        Components components = Components.of(contrast, 128);
        assertEquals(1, components.roots().length);
        assertEquals(thickness, components.strokeWidth(components.largest()), 0.15 * thickness + 0.5);
    }

    @Test
    void meansAndHistogramsAreThoseOfTheComponent() {
        Channel channel = new Channel(5, 1, new byte[] {10, 30, 0, 100, (byte) 200});
        Components components = Components.of(channel, 1);
        int first = components.root(0);
        int second = components.root(1);
        assertEquals(20, components.means(channel)[first], 1e-4);
        assertEquals(150, components.means(channel)[second], 1e-4);
        assertEquals(2, components.histogram(second, channel).total());
        assertEquals(150, components.histogram(second, channel).mean(), 1e-9);
    }

    @Test
    void noiseHasNoComponents() {
        byte[] values = new byte[1024 * 1024];
        for (int i = 0; i < values.length; i += 2) {
            values[i] = (byte) 255;
        }
        assertTrue(Components.of(new Channel(1024, 1024, values), 1).isEmpty());
    }

    /** What defines a component, found by filling from one of its pixels. */
    private record Region(int area, int left, int top, int right, int bottom) {}

    @ParameterizedTest
    @CsvSource({"40, 30, 0.1", "40, 30, 0.3", "40, 30, 0.45", "40, 30, 0.7", "1, 50, 0.5", "50, 1, 0.5", "64, 64, 0.4"})
    void componentsOfRandomPicturesAreThoseOfAFloodFill(int width, int height, double density) {
        Random random = new Random(5);
        for (int repetition = 0; repetition < 50; repetition++) {
            byte[] values = new byte[width * height];
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) (random.nextDouble() < density ? 200 : 50);
            }
            Channel channel = new Channel(width, height, values);
            Components components = Components.of(channel, 128);
            assertEquals(count(regions(channel)), count(regions(components, values.length)));
        }
    }

    private static Map<Region, Integer> count(List<Region> regions) {
        Map<Region, Integer> counts = new HashMap<>();
        regions.forEach(region -> counts.merge(region, 1, Integer::sum));
        return counts;
    }

    private static List<Region> regions(Components components, int length) {
        return Arrays.stream(components.roots())
                .mapToObj(root -> {
                    Box box = components.box(root);
                    int pixels = 0;
                    for (boolean pixel : components.pixels(root, length)) {
                        pixels += pixel ? 1 : 0;
                    }
                    assertEquals(components.area(root), pixels);
                    return new Region(pixels, box.left(), box.top(), box.right(), box.bottom());
                })
                .toList();
    }

    private static List<Region> regions(Channel channel) {
        boolean[] seen = new boolean[channel.values().length];
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i] && channel.value(i % channel.width(), i / channel.width()) >= 128) {
                regions.add(fill(channel, i, seen));
            }
        }
        return regions;
    }

    private static Region fill(Channel channel, int start, boolean[] seen) {
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        seen[start] = true;
        Region region = new Region(0, channel.width(), channel.height(), 0, 0);
        while (!open.isEmpty()) {
            int x = open.peek() % channel.width();
            int y = open.pop() / channel.width();
            region = new Region(
                    region.area + 1,
                    Math.min(region.left, x),
                    Math.min(region.top, y),
                    Math.max(region.right, x + 1),
                    Math.max(region.bottom, y + 1));
            for (int v = Math.max(0, y - 1); v <= Math.min(channel.height() - 1, y + 1); v++) {
                for (int u = Math.max(0, x - 1); u <= Math.min(channel.width() - 1, x + 1); u++) {
                    int next = v * channel.width() + u;
                    if (!seen[next] && channel.value(u, v) >= 128) {
                        seen[next] = true;
                        open.push(next);
                    }
                }
            }
        }
        return region;
    }
}
