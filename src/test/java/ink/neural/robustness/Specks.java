package ink.neural.robustness;

import java.util.SplittableRandom;

/** Small things that are no ink: specks, dust, noise, and a picture out of focus. */
final class Specks {
    private Specks() {}

    /** One black pixel; one speck of several pixels; up to four specks. They lie off the character, or in a corner. */
    static byte[] speck(PenDrawing drawing, int strength, SplittableRandom random) {
        Field coverage = drawing.coverage();
        Picture picture =
                Picture.paper(drawing.width(), drawing.height(), Colours.WHITE).paint(coverage, Colours.BLACK);
        int specks = strength < 3 ? 1 : random.nextInt(2, 5);
        int side = strength == 1 ? 1 : (int) Math.max(1, Math.min(random.nextInt(2, 5), 0.6 * drawing.brush()));
        for (int i = 0; i < specks; i++) {
            if (random.nextInt(3) == 0) {
                int x = random.nextBoolean() ? 2 : drawing.width() - 2 - side;
                int y = random.nextBoolean() ? 2 : drawing.height() - 2 - side;
                square(picture, x, y, side, Colours.BLACK);
            } else {
                int pixel = offTheCharacter(coverage, side + 4, random);
                square(picture, pixel % coverage.width(), pixel / coverage.width(), side, Colours.BLACK);
            }
        }
        return picture.png();
    }

    private static void square(Picture picture, int left, int top, int side, int colour) {
        for (int i = 0; i < side * side; i++) {
            picture.set(left + i % side, top + i / side, colour);
        }
    }

    /** A random pixel that is at least {@code distance} pixels away from the ink. */
    private static int offTheCharacter(Field coverage, int distance, SplittableRandom random) {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int x = random.nextInt(coverage.width());
            int y = random.nextInt(coverage.height());
            if (isBlank(coverage, x, y, distance)) {
                return y * coverage.width() + x;
            }
        }
        return 0;
    }

    private static boolean isBlank(Field coverage, int x, int y, int distance) {
        for (int v = Math.max(0, y - distance); v <= Math.min(coverage.height() - 1, y + distance); v++) {
            for (int u = Math.max(0, x - distance); u <= Math.min(coverage.width() - 1, x + distance); u++) {
                if (coverage.values()[v * coverage.width() + u] > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** 8, 16 or 32 grey pixels anywhere. */
    static byte[] greyPixels(PenDrawing drawing, int strength, SplittableRandom random) {
        Picture picture = Picture.clean(drawing);
        for (int i = 0; i < 4 << strength; i++) {
            anywhere(picture, 1, Colours.grey(60, 220, random), random);
        }
        return picture.png();
    }

    /** Black pixels: 0.01, 0.1 and 1 % of all. */
    static byte[] dust(PenDrawing drawing, int strength, SplittableRandom random) {
        Picture picture = Picture.clean(drawing);
        for (int i = share(picture, strength); i > 0; i--) {
            anywhere(picture, 1, Colours.BLACK, random);
        }
        return picture.png();
    }

    /** Pixels of random greys: 0.01, 0.1 and 1 % of all. */
    static byte[] greyDust(PenDrawing drawing, int strength, SplittableRandom random) {
        Picture picture = Picture.clean(drawing);
        for (int i = share(picture, strength); i > 0; i--) {
            anywhere(picture, 1, Colours.grey(0, 240, random), random);
        }
        return picture.png();
    }

    private static int share(Picture picture, int strength) {
        double share = Strength.of(strength, 0.0001, 0.001, 0.01);
        return (int) Math.max(1, Math.round(share * picture.width * picture.height));
    }

    /** Blobs of one to three pixels a side in dark and grey, on up to 0.5 % of the picture. */
    static byte[] blobs(PenDrawing drawing, int strength, SplittableRandom random) {
        Picture picture = Picture.clean(drawing);
        int largest = (int) Math.max(1, Math.min(3, 0.6 * drawing.brush()));
        for (int i = (int) Strength.of(strength, 8, 25, 80); i > 0; i--) {
            anywhere(picture, random.nextInt(1, largest + 1), Colours.grey(0, 200, random), random);
        }
        return picture.png();
    }

    /** Black and white pixels on paper and ink: 0.1, 0.5 and 1 % of all. */
    static byte[] saltAndPepper(PenDrawing drawing, int strength, SplittableRandom random) {
        Picture picture = Picture.clean(drawing);
        int pixels = (int) (Strength.of(strength, 0.001, 0.005, 0.01) * picture.width * picture.height);
        for (int i = 0; i < pixels; i++) {
            anywhere(picture, 1, random.nextBoolean() ? Colours.WHITE : Colours.BLACK, random);
        }
        return picture.png();
    }

    private static void anywhere(Picture picture, int side, int colour, SplittableRandom random) {
        square(picture, random.nextInt(picture.width), random.nextInt(picture.height), side, colour);
    }

    /** The noise that a browser adds to a canvas against fingerprinting: each channel differs by some levels. */
    static byte[] canvasNoise(PenDrawing drawing, int strength, SplittableRandom random) {
        double levels = Strength.of(strength, 2, 8, 24);
        Picture picture = Picture.clean(drawing);
        return picture.add(Field.of(picture.width, picture.height, (x, y) -> random.nextDouble(-1, 1)), levels)
                .png();
    }

    /** The noise of a sensor in little light, standard deviation 4, 9 and 16 levels. */
    static byte[] sensorNoise(PenDrawing drawing, int strength, SplittableRandom random) {
        return Picture.clean(drawing)
                .add(Field.of(drawing.width(), drawing.height(), (x, y) -> 1), -20)
                .blur(0.6)
                .noise(Strength.of(strength, 4, 9, 16), random)
                .jpeg();
    }

    /** Out of focus, by a fifth, a third and a half of the pen's width. */
    static byte[] blur(PenDrawing drawing, int strength, SplittableRandom random) {
        return Picture.clean(drawing)
                .blur(Strength.of(strength, 0.2, 0.33, 0.5) * drawing.brush())
                .png();
    }
}
