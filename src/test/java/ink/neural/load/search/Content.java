package ink.neural.load.search;

import java.util.Random;

/**
 * What a picture shows, pixel by pixel.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param argb the colours
 */
record Content(int width, int height, int[] argb) {
    private static final int MAX_PIXELS = 1 << 21;

    /** Draws the content of a recipe. A larger picture than two megapixels becomes less high. */
    static Content of(Recipe recipe) {
        int width = recipe.number(Gene.WIDTH);
        int height = Math.max(1, Math.min(recipe.number(Gene.HEIGHT), MAX_PIXELS / width));
        Random random = new Random(1);
        int scale = recipe.number(Gene.SCALE);
        int levels = recipe.number(Gene.LEVELS);
        int[] noise = random.ints(width / scale + 1L + (height / scale) * (width / scale + 1L))
                .toArray();
        int[] argb = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int cell = noise[y / scale * (width / scale + 1) + x / scale];
                boolean paper = isPaper(recipe.text(Gene.CONTENT), x, y, width, height, scale, cell);
                argb[y * width + x] = paper ? 0xFFFFFFFF : ink(recipe, cell, levels);
            }
        }
        return new Content(width, height, argb);
    }

    private static boolean isPaper(String content, int x, int y, int width, int height, int scale, int cell) {
        double fromCentre = Math.hypot(x - width / 2.0, y - height / 2.0);
        return switch (content) {
            case "noise" -> false;
            case "flat" -> x > 2 * scale || y > 2 * scale;
            case "blobs" -> cell % 2 == 0;
            case "grid" -> x % (4 * scale) >= scale && y % (4 * scale) >= scale;
            case "rows" -> y / scale % 2 == 0;
            case "columns" -> x / scale % 2 == 0;
            case "dust" -> Math.floorMod(cell, 50) != 0;
            case "discs" -> Math.hypot(x % (2 * scale) - scale, y % (2 * scale) - scale) > 0.8 * scale;
            case "strokes" -> Math.abs(Math.sin(x * 0.05 / scale) * height / 3 + height / 2.0 - y) > 2 * scale;
            case "spiral" ->
                Math.floorMod((int) (fromCentre + scale * Math.atan2(y - height / 2.0, x - width / 2.0)), 6 * scale)
                        >= 2 * scale;
            case "frames" -> Math.min(Math.min(x, y), Math.min(width - x, height - y)) / scale % 2 == 0;
            default -> false; // gradient
        };
    }

    private static int ink(Recipe recipe, int cell, int levels) {
        if (recipe.is(Gene.CONTENT, "gradient")) {
            return 0xFF000000 | (cell & 7) * 0x010101 + 0x606060;
        }
        boolean random = recipe.is(Gene.CONTENT, "noise");
        if (recipe.is(Gene.COLOURED, "no")) {
            int level = random ? Math.floorMod(cell, levels) * 255 / (levels - 1) : 0;
            return 0xFF000000 | level * 0x010101;
        }
        return recipe.is(Gene.COLOURED, "yes") ? cell | 0xFF000000 : cell;
    }
}
