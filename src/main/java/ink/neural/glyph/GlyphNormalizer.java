package ink.neural.glyph;

import ink.neural.drawing.Drawing;
import java.util.Arrays;

/**
 * Makes of any drawing the glyph a model was trained on, whatever its size, place, colours and paper.
 *
 * @param spec what the model was trained on
 */
public record GlyphNormalizer(GlyphSpec spec) {
    /** The least darkness, of 255, that is ink and not noise. */
    private static final float FAINTEST_INK = 16;
    /** The share of the darkest ink's darkness from which on a pixel belongs to the character. */
    private static final float INK_SHARE = 0.2f;

    /**
     * Normalises a drawing in six steps.
     *
     * @param drawing a character on any even paper
     * @return its glyph
     * @throws NothingDrawn if there is no ink
     */
    public Glyph normalize(Drawing drawing) {
        Plane grey = grey(drawing);
        Plane ink = ink(grey);
        Plane crop = crop(ink);
        Plane fitted = fit(crop);
        Plane scaled = scale(fitted);
        return orient(scaled);
    }

    /** Brightness, 0 to 255, on white paper; the luma of ITU-R BT.601. */
    private static Plane grey(Drawing drawing) {
        Plane grey = new Plane(drawing.width(), drawing.height());
        for (int i = 0; i < grey.values().length; i++) {
            int argb = drawing.argb()[i];
            float opacity = (argb >>> 24) / 255f;
            float luma = 0.299f * (argb >> 16 & 0xFF) + 0.587f * (argb >> 8 & 0xFF) + 0.114f * (argb & 0xFF);
            grey.values()[i] = opacity * luma + (1 - opacity) * 255;
        }
        return grey;
    }

    /** Distance from the paper, whose brightness is the median of the drawing's border, in the direction of the ink. */
    private static Plane ink(Plane grey) {
        float paper = median(border(grey));
        float sign = paper > 127.5f ? -1 : 1;
        Plane ink = new Plane(grey.width(), grey.height());
        for (int i = 0; i < ink.values().length; i++) {
            ink.values()[i] = Math.max(0, sign * (grey.values()[i] - paper));
        }
        return ink;
    }

    private static float[] border(Plane plane) {
        int width = plane.width();
        int height = plane.height();
        float[] border = new float[width * height - Math.max(0, width - 2) * Math.max(0, height - 2)];
        int n = 0;
        for (int y = 0; y < height; y++) {
            int step = y == 0 || y == height - 1 || width == 1 ? 1 : width - 1;
            for (int x = 0; x < width; x += step) {
                border[n++] = plane.values()[y * width + x];
            }
        }
        return border;
    }

    private static float median(float[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The smallest rectangle with all the ink. */
    private static Plane crop(Plane ink) {
        float darkest = ink.max();
        if (darkest < FAINTEST_INK) {
            throw new NothingDrawn();
        }
        int left = ink.width();
        int top = ink.height();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < ink.height(); y++) {
            for (int x = 0; x < ink.width(); x++) {
                if (ink.values()[y * ink.width() + x] >= INK_SHARE * darkest) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = y + 1;
                }
            }
        }
        Plane crop = new Plane(right - left, bottom - top);
        for (int y = 0; y < crop.height(); y++) {
            int from = (top + y) * ink.width() + left;
            System.arraycopy(ink.values(), from, crop.values(), y * crop.width(), crop.width());
        }
        return crop;
    }

    /** The ink as large as the box, in the middle of the glyph. */
    private Plane fit(Plane crop) {
        double scale = (double) spec.box() / Math.max(crop.width(), crop.height());
        boolean stretch = spec.fit() == Fit.STRETCH;
        int width = stretch ? spec.box() : Math.max(1, (int) Math.floor(crop.width() * scale + 0.5));
        int height = stretch ? spec.box() : Math.max(1, (int) Math.floor(crop.height() * scale + 0.5));
        Plane fitted = new Plane(spec.size(), spec.size());
        Resize.resize(crop, width, height).copyTo(fitted, (spec.size() - width) / 2, (spec.size() - height) / 2);
        return fitted;
    }

    /** The darkest ink is 1. */
    private static Plane scale(Plane fitted) {
        float darkest = fitted.max();
        Plane scaled = new Plane(fitted.width(), fitted.height());
        for (int i = 0; i < scaled.values().length; i++) {
            scaled.values()[i] = fitted.values()[i] / darkest;
        }
        return scaled;
    }

    private Glyph orient(Plane scaled) {
        return new Glyph(spec.size(), spec.orientation(), spec.orientation().apply(scaled.values(), spec.size()));
    }
}
