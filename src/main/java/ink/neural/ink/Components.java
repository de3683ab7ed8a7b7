package ink.neural.ink;

import ink.neural.ink.Ink.Box;
import java.util.Arrays;

/**
 * The connected components of the inked pixels of a channel. A pixel belongs with its eight neighbours. Components are
 * found in one pass over horizontal runs, which a union-find structure connects from row to row.
 */
final class Components {
    /** A crack perimeter is on average 4 / pi times as long as the outline of a stroke in any direction. */
    private static final double CRACKS_PER_LENGTH = 4 / Math.PI;

    private final int width;
    private int count;
    private int[] starts = new int[1024];
    private int[] ends = new int[1024];
    private int[] parents = new int[1024];
    /** Of each root: pixels, crack perimeter, and the bounding box. */
    private int[] areas;

    private int[] perimeters;
    private int[] lefts;
    private int[] rights;
    private int[] tops;
    private int[] bottoms;
    private int[] roots;

    private Components(int width) {
        this.width = width;
    }

    /**
     * Finds the components.
     *
     * @param channel the channel
     * @param inked which of the 256 values are ink
     */
    static Components of(Channel channel, boolean[] inked) {
        int[] first = new int[channel.height()];
        int[] last = new int[channel.height()];
        for (int y = 0; y < first.length; y++) {
            first[y] = y * channel.width();
            last[y] = first[y] + channel.width();
        }
        return of(channel, inked, first, last);
    }

    /**
     * Finds the components in a part of each row.
     *
     * @param first index of the first pixel of each row's part
     * @param last index after the last pixel of each row's part
     */
    static Components of(Channel channel, boolean[] inked, int[] first, int[] last) {
        Components components = new Components(channel.width());
        int previous = 0;
        for (int y = 0; y < channel.height(); y++) {
            int row = components.count;
            components.findRuns(channel.values(), first[y], last[y], inked);
            components.connectRows(previous, row);
            previous = row;
        }
        components.measure();
        return components;
    }

    static Components of(Channel channel, int threshold) {
        boolean[] inked = new boolean[256];
        Arrays.fill(inked, Math.max(1, threshold), 256, true);
        return of(channel, inked);
    }

    private void findRuns(byte[] values, int from, int to, boolean[] inked) {
        for (int i = from; i < to; i++) {
            if (inked[values[i] & 0xFF]) {
                int start = i;
                do {
                    i++;
                } while (i < to && inked[values[i] & 0xFF]);
                add(start, i);
            }
        }
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            parents = Arrays.copyOf(parents, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        parents[count] = count;
        count++;
    }

    /** Connects the runs of a row, from index {@code row} on, with those of the row above. */
    private void connectRows(int above, int row) {
        int a = above;
        int b = row;
        while (a < row && b < count) {
            if (ends[a] + width < starts[b]) {
                a++;
            } else if (ends[b] < starts[a] + width) {
                b++;
            } else {
                union(a, b);
                if (ends[a] + width < ends[b]) {
                    a++;
                } else {
                    b++;
                }
            }
        }
    }

    private int find(int run) {
        int root = run;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    private void union(int a, int b) {
        int rootA = find(a);
        int rootB = find(b);
        parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }

    private void measure() {
        areas = new int[count];
        perimeters = new int[count];
        lefts = new int[count];
        rights = new int[count];
        tops = new int[count];
        bottoms = new int[count];
        int rootCount = 0;
        int[] found = new int[count];
        for (int run = 0; run < count; run++) {
            int root = find(run);
            parents[run] = root;
            int y = starts[run] / width;
            int left = starts[run] - y * width;
            int right = ends[run] - y * width;
            if (root == run) {
                found[rootCount++] = root;
                lefts[root] = left;
                tops[root] = y;
            }
            areas[root] += right - left;
            perimeters[root] += 2 + 2 * (right - left);
            lefts[root] = Math.min(lefts[root], left);
            rights[root] = Math.max(rights[root], right);
            bottoms[root] = y + 1;
        }
        roots = Arrays.copyOf(found, rootCount);
        subtractContacts();
    }

    /** Where runs of adjacent rows overlap, the edges between them are no part of the perimeter. */
    private void subtractContacts() {
        for (int a = 0, b = 0; a < count && b < count; ) {
            if (ends[a] + width <= starts[b]) {
                a++;
            } else if (ends[b] <= starts[a] + width) {
                b++;
            } else {
                int contact = Math.min(ends[a] + width, ends[b]) - Math.max(starts[a] + width, starts[b]);
                perimeters[parents[b]] -= 2 * contact;
                if (ends[a] + width < ends[b]) {
                    a++;
                } else {
                    b++;
                }
            }
        }
    }

    /** The components, each named by the index of its first run. */
    int[] roots() {
        return roots;
    }

    int area(int root) {
        return areas[root];
    }

    Box box(int root) {
        return new Box(lefts[root], tops[root], rights[root] - lefts[root], bottoms[root] - tops[root]);
    }

    /** The mean width of a component's strokes: twice its area by the length of its outline. */
    double strokeWidth(int root) {
        return 2.0 * CRACKS_PER_LENGTH * areas[root] / perimeters[root];
    }

    /** The component with the largest area. */
    int largest() {
        int largest = roots[0];
        for (int root : roots) {
            if (areas[root] > areas[largest]) {
                largest = root;
            }
        }
        return largest;
    }

    /** The mean value of each component, at the index of its root. */
    double[] means(Channel channel) {
        double[] means = new double[count];
        for (int run = 0; run < count; run++) {
            for (int i = starts[run]; i < ends[run]; i++) {
                means[parents[run]] += channel.values()[i] & 0xFF;
            }
        }
        for (int root : roots) {
            means[root] /= areas[root];
        }
        return means;
    }

    /** Which pixels a component consists of. */
    boolean[] pixels(int root, int length) {
        boolean[] pixels = new boolean[length];
        for (int run = 0; run < count; run++) {
            if (parents[run] == root) {
                Arrays.fill(pixels, starts[run], ends[run], true);
            }
        }
        return pixels;
    }

    int longestRun() {
        int longest = 0;
        for (int run = 0; run < count; run++) {
            longest = Math.max(longest, ends[run] - starts[run]);
        }
        return longest;
    }

    int runs() {
        return count;
    }

    int root(int run) {
        return parents[run];
    }

    int start(int run) {
        return starts[run];
    }

    int end(int run) {
        return ends[run];
    }
}
