package ink.neural.robustness;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A character as a pen wrote it on a canvas, in pixels of this canvas.
 *
 * @param name tells it from all others
 * @param label the character; empty if nothing is written
 * @param width the canvas
 * @param height the canvas
 * @param brush width of the pen
 * @param strokes x, y, x, y, ...
 * @param box the rectangle that the ink fills, or would fill if anything were written
 */
record PenDrawing(
        String name, String label, int width, int height, float brush, List<float[]> strokes, Rectangle2D box) {
    static final int CANVAS = 280;

    /** A drawing whose box is found from its strokes. */
    static PenDrawing of(String name, String label, int width, int height, float brush, List<float[]> strokes) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (float[] stroke : strokes) {
            for (int i = 0; i < stroke.length; i += 2) {
                left = Math.min(left, stroke[i]);
                right = Math.max(right, stroke[i]);
                top = Math.min(top, stroke[i + 1]);
                bottom = Math.max(bottom, stroke[i + 1]);
            }
        }
        Rectangle2D box =
                new Rectangle2D.Double(left - brush / 2, top - brush / 2, right - left + brush, bottom - top + brush);
        return new PenDrawing(name, label, width, height, brush, strokes, box);
    }

    /** A canvas on which nothing is written. */
    static PenDrawing blank(String name) {
        Rectangle2D box = new Rectangle2D.Double(CANVAS * 0.3, CANVAS * 0.25, CANVAS * 0.4, CANVAS * 0.5);
        return new PenDrawing(name, "", CANVAS, CANVAS, 14, List.of(), box);
    }

    /** The long side of the character. */
    double size() {
        return Math.max(box.getWidth(), box.getHeight());
    }

    /** The drawing with a pen of another width. */
    PenDrawing withBrush(double brush) {
        return strokes.isEmpty() ? this : of(name, label, width, height, (float) brush, strokes);
    }

    /** The same strokes on another canvas. */
    PenDrawing placed(int width, int height, AffineTransform placement) {
        List<float[]> moved = strokes.stream()
                .map(stroke -> {
                    float[] points = new float[stroke.length];
                    placement.transform(stroke, 0, points, 0, stroke.length / 2);
                    return points;
                })
                .toList();
        float brush = (float) (this.brush * Math.sqrt(Math.abs(placement.getDeterminant())));
        return moved.isEmpty()
                ? new PenDrawing(
                        name,
                        label,
                        width,
                        height,
                        brush,
                        moved,
                        placement.createTransformedShape(box).getBounds2D())
                : of(name, label, width, height, brush, moved);
    }

    /** The drawing on another canvas, its long side {@code size} pixels and the centre of its box at (x, y). */
    PenDrawing placed(int width, int height, double x, double y, double size) {
        AffineTransform placement = AffineTransform.getTranslateInstance(x, y);
        placement.scale(size / size(), size / size());
        placement.translate(-box.getCenterX(), -box.getCenterY());
        return placed(width, height, placement);
    }

    /** How much of each pixel the pen covers, from 0 to 1. */
    Field coverage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setStroke(new BasicStroke(brush, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        strokes.forEach(stroke -> pen.draw(path(stroke)));
        pen.dispose();
        return Field.of(image);
    }

    private static Path2D path(float[] stroke) {
        Path2D path = new Path2D.Float();
        path.moveTo(stroke[0], stroke[1]);
        for (int i = 0; i < stroke.length; i += 2) {
            path.lineTo(stroke[i], stroke[i + 1]);
        }
        return path;
    }
}
