package ink.neural.ink;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The connected components of the inked pixels of a channel. A pixel belongs with its eight neighbours.
 *
 * <p>One pass finds the horizontal runs of ink and connects those of adjacent rows by union-find (A. Rosenfeld and J.
 * Pfaltz, Sequential Operations in Digital Picture Processing, 1966). A component is named by the index of its first run,
 * the root of its tree.
 */
public final class Components {
    /** The crack perimeter, which counts the edges between pixels, is on average 4 / pi times as long as the outline. */
    private static final double CRACKS_PER_LENGTH = 4 / Math.PI;
    /** A channel with more runs than one for so many pixels is noise. They would cost much time and memory. */
    private static final int PIXELS_PER_RUN = 8;
    /** So many runs are no noise, however small the channel. No {@link Grid} can have more. */
    private static final int FEW_RUNS = 1 << 14;
    /** The fewest sides of a frame. One may be open. */
    private static final int FRAME_SIDES = 3;

    private final int width;
    private int count;
    private int[] starts = new int[1024];
    private int[] ends = new int[1024];
    private int[] parents = new int[1024];

    private int[] roots;
    // Of each component, at the index of its root:
    private int[] areas;
    private int[] perimeters;
    private int[] lefts;
    private int[] rights;
    private int[] bottoms;

    private Components(int width) {
        this.width = width;
    }

    /**
     * Finds the components of ink: of the pixels that its bounding box keeps.
     *
     * @param ink the ink
     * @return its components; none if the pixels are noise
     */
    public static Components of(Ink ink) {
        float least = Ink.CROP_THRESHOLD * ink.peak();
        boolean[] inked = new boolean[256];
        for (int level = 0; level < inked.length; level++) {
            inked[level] = ink.densities()[level] >= least;
        }
        return of(new Channel(ink.width(), ink.height(), ink.levels()), inked);
    }

    /** Finds the components of the pixels of at least a threshold, which is at least 1. There are none if the pixels are noise. */
    static Components of(Channel channel, int threshold) {
        boolean[] inked = new boolean[256];
        Arrays.fill(inked, threshold, 256, true);
        return of(channel, inked);
    }

    /** Finds the components of the pixels whose values are inked. There are none if the pixels are noise. */
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
     * @param inked which of the 256 values are ink
     * @param first index of the first pixel of each row's part
     * @param last index after the last pixel of each row's part
     */
    static Components of(Channel channel, boolean[] inked, int[] first, int[] last) {
        Components components = new Components(channel.width());
        int maxRuns = Math.max(FEW_RUNS, channel.values().length / PIXELS_PER_RUN);
        int previous = 0;
        for (int y = 0; y < channel.height() && components.count <= maxRuns; y++) {
            int row = components.count;
            components.findRuns(channel.values(), first[y], last[y], inked);
            components.connect(previous, row);
            previous = row;
        }
        if (components.count > maxRuns) {
            components.count = 0;
        }
        components.measure();
        return components;
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

    /** Connects the runs of a row, which start at index {@code row}, with those of the row above. */
    private void connect(int above, int row) {
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

    private void union(int a, int b) {
        int rootA = find(a);
        int rootB = find(b);
        parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }

    private int find(int run) {
        int root = run;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    private void measure() {
        areas = new int[count];
        perimeters = new int[count];
        lefts = new int[count];
        rights = new int[count];
        bottoms = new int[count];
        int[] found = new int[count];
        int rootCount = 0;
        for (int run = 0; run < count; run++) {
            int root = find(run);
            parents[run] = root;
            int y = starts[run] / width;
            int left = starts[run] - y * width;
            int right = ends[run] - y * width;
            if (root == run) {
                found[rootCount++] = root;
                lefts[root] = left;
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

    /** Where runs of adjacent rows touch, the edges between them are no part of the perimeter. */
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

    /**
     * Whether there are no components.
     *
     * @return true if nothing is inked, or all is noise
     */
    public boolean isEmpty() {
        return roots.length == 0;
    }

    /**
     * All components, those that begin higher up first.
     *
     * @return their names
     */
    public int[] roots() {
        return roots;
    }

    /** The component with the largest area. There must be one. */
    int largest() {
        int largest = roots[0];
        for (int root : roots) {
            if (areas[root] > areas[largest]) {
                largest = root;
            }
        }
        return largest;
    }

    /**
     * The number of pixels of a component.
     *
     * @param root a component
     * @return at least 1
     */
    public int area(int root) {
        return areas[root];
    }

    /**
     * The bounding box of a component.
     *
     * @param root a component
     * @return the smallest rectangle that contains its pixels
     */
    public Box box(int root) {
        int top = starts[root] / width;
        return new Box(lefts[root], top, rights[root] - lefts[root], bottoms[root] - top);
    }

    /**
     * The mean width of a component's strokes: twice its area by the length of its outline.
     *
     * @param root a component
     * @return pixels
     */
    public double strokeWidth(int root) {
        return 2 * CRACKS_PER_LENGTH * areas[root] / perimeters[root];
    }

    /** Whether a component frames a box. Its own bounding box contains it, and it has ink on at least three sides of it. */
    boolean frames(int root, Box box) {
        if (!box(root).contains(box)) {
            return false;
        }
        boolean left = false;
        boolean right = false;
        boolean above = false;
        boolean below = false;
        for (int run = root; run < count; run++) {
            if (parents[run] == root) {
                int y = starts[run] / width;
                int from = starts[run] - y * width;
                int to = ends[run] - y * width;
                boolean beside = y >= box.top() && y < box.bottom();
                boolean overlaps = from < box.right() && to > box.left();
                left |= beside && from < box.left();
                right |= beside && to > box.right();
                above |= overlaps && y < box.top();
                below |= overlaps && y >= box.bottom();
            }
        }
        return Stream.of(left, right, above, below).filter(side -> side).count() >= FRAME_SIDES;
    }

    int longestRun() {
        int longest = 0;
        for (int run = 0; run < count; run++) {
            longest = Math.max(longest, ends[run] - starts[run]);
        }
        return longest;
    }

    /** The values of a component's pixels. */
    Histogram histogram(int root, Channel channel) {
        int[] counts = new int[256];
        for (int run = 0; run < count; run++) {
            if (parents[run] == root) {
                for (int i = starts[run]; i < ends[run]; i++) {
                    counts[channel.values()[i] & 0xFF]++;
                }
            }
        }
        return new Histogram(counts, areas[root]);
    }

    /** The mean value of each component's pixels, at the index of its root. */
    float[] means(Channel channel) {
        float[] means = new float[count];
        for (int run = 0; run < count; run++) {
            int sum = 0;
            for (int i = starts[run]; i < ends[run]; i++) {
                sum += channel.values()[i] & 0xFF;
            }
            means[parents[run]] += (float) sum / areas[parents[run]];
        }
        return means;
    }

    /** Which of a number of pixels belong to a component. */
    boolean[] pixels(int root, int length) {
        boolean[] pixels = new boolean[length];
        for (int run = 0; run < count; run++) {
            if (parents[run] == root) {
                Arrays.fill(pixels, starts[run], ends[run], true);
            }
        }
        return pixels;
    }

    /**
     * The number of horizontal runs of ink. They are in the order of their pixels.
     *
     * @return the number of runs of all components
     */
    public int runs() {
        return count;
    }

    /**
     * The component of a run.
     *
     * @param run index of the run
     * @return the component that it belongs to
     */
    public int root(int run) {
        return parents[run];
    }

    /**
     * Where a run begins.
     *
     * @param run index of the run
     * @return index of its first pixel
     */
    public int start(int run) {
        return starts[run];
    }

    /**
     * Where a run ends.
     *
     * @param run index of the run
     * @return index of the pixel after its last
     */
    public int end(int run) {
        return ends[run];
    }
}
