package ink.neural.text;

import ink.neural.ink.Box;
import ink.neural.ink.Components;
import ink.neural.ink.Ink;
import java.util.Arrays;

/** Paints each line of text without the others. */
final class LinePainter {
    /** Strokes have smooth edges, which are no part of a component. They go with it. */
    private static final int RIM = 2;

    private final Ink ink;
    private final Components components;
    private final int[] lineOfRun;

    /**
     * A painter.
     *
     * @param lineOfRun the line of each run of ink
     */
    LinePainter(Ink ink, Components components, int[] lineOfRun) {
        this.ink = ink;
        this.components = components;
        this.lineOfRun = lineOfRun;
    }

    boolean hasInk(int line) {
        return Arrays.stream(lineOfRun).anyMatch(owner -> owner == line);
    }

    /** The part of the ink around a line, without what belongs to other lines. */
    TextLine paint(int line) {
        Box box = box(line);
        byte[] levels = densities(box);
        boolean[] own = new boolean[levels.length];
        boolean[] others = new boolean[levels.length];
        for (int run = 0; run < lineOfRun.length; run++) {
            if (lineOfRun[run] == line) {
                mark(run, 0, box, own);
            } else {
                mark(run, RIM, box, others);
            }
        }
        for (int i = 0; i < levels.length; i++) {
            if (others[i] && !own[i]) {
                levels[i] = 0;
            }
        }
        return new TextLine(Ink.of(box.width(), box.height(), levels), box.left(), box.top());
    }

    private Box box(int line) {
        int left = ink.width();
        int right = 0;
        int top = ink.height();
        int bottom = 0;
        for (int run = 0; run < lineOfRun.length; run++) {
            if (lineOfRun[run] == line) {
                int row = components.start(run) / ink.width();
                left = Math.min(left, components.start(run) - row * ink.width());
                right = Math.max(right, components.end(run) - row * ink.width());
                top = Math.min(top, row);
                bottom = row + 1;
            }
        }
        return new Box(left, top, right - left, bottom - top);
    }

    private byte[] densities(Box box) {
        byte[] densities = new byte[box.width() * box.height()];
        float[] row = new float[box.width()];
        for (int y = 0; y < box.height(); y++) {
            ink.copyRow((box.top() + y) * ink.width() + box.left(), row);
            for (int x = 0; x < row.length; x++) {
                densities[y * row.length + x] = (byte) Math.round(row[x]);
            }
        }
        return densities;
    }

    /** Marks a run and what lies up to {@code rim} pixels around it, within a box. */
    private void mark(int run, int rim, Box box, boolean[] marked) {
        int row = components.start(run) / ink.width();
        int left = Math.max(0, components.start(run) - row * ink.width() - rim - box.left());
        int right = Math.min(box.width(), components.end(run) - row * ink.width() + rim - box.left());
        for (int y = Math.max(0, row - rim - box.top()); y < Math.min(box.height(), row + rim + 1 - box.top()); y++) {
            if (left < right) {
                Arrays.fill(marked, y * box.width() + left, y * box.width() + right, true);
            }
        }
    }
}
