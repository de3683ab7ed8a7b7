package ink.neural.robustness;

import static ink.neural.robustness.Group.CANVAS;
import static ink.neural.robustness.Group.LIGHT;
import static ink.neural.robustness.Group.RULES;

import java.util.Locale;
import java.util.SplittableRandom;

/** Everything that pictures of drawings suffer from. Each kind has three strengths. */
enum PictureKind {
    SPECK(CANVAS, Specks::speck),
    GREY_PIXELS(CANVAS, Specks::greyPixels),
    DUST(CANVAS, Specks::dust),
    GREY_DUST(CANVAS, Specks::greyDust),
    BLOBS(CANVAS, Specks::blobs),
    SALT_AND_PEPPER(CANVAS, Specks::saltAndPepper),
    CANVAS_NOISE(CANVAS, Specks::canvasNoise),
    SENSOR_NOISE(CANVAS, Specks::sensorNoise),
    BLUR(CANVAS, Specks::blur),
    BLACK_FRAME(CANVAS, Frames::blackFrame),
    COLOURED_FRAME(CANVAS, Frames::colouredFrame),
    BLACK_BARS(CANVAS, Frames::blackBars),
    GREY_BARS(CANVAS, Frames::greyBars),
    CORNERS(CANVAS, Frames::corners),
    DARK_ON_TRANSPARENT(CANVAS, Inks::darkOnTransparent),
    LIGHT_ON_TRANSPARENT(CANVAS, Inks::lightOnTransparent),
    BLACK_ON_GREY(CANVAS, Inks::blackOnGrey),
    WHITE_ON_GREY(CANVAS, Inks::whiteOnGrey),
    LOW_CONTRAST(CANVAS, Inks::lowContrast),
    COLOURED_PAPER(CANVAS, Inks::colouredPaper),
    CHALK(CANVAS, Inks::chalk),
    EQUAL_BRIGHTNESS(CANVAS, Inks::equalBrightness),
    TIGHT_CROP(CANVAS, Sizes::tightCrop),
    MARKER_CROP(CANVAS, Sizes::markerCrop, Sizes::withMarker),
    SMALL(CANVAS, Sizes::small),
    LARGE(CANVAS, Sizes::large, 16),
    OBLONG(CANVAS, Sizes::oblong),
    SMALL_LETTER(CANVAS, Sizes::smallLetter, 4),
    LARGE_PHOTO(CANVAS, Sizes::largePhoto, 32),
    JPEG(CANVAS, Formats::jpeg),
    PALETTE(CANVAS, Formats::palette),
    GIF(CANVAS, Formats::gif),
    BMP(CANVAS, Formats::bmp),
    TIFF(CANVAS, Formats::tiff),
    WEBP(CANVAS, Formats::webp),

    SOFT_SHADOW(LIGHT, Light::softShadow),
    HARD_SHADOW(LIGHT, Light::hardShadow),
    HALF_SHADOW(LIGHT, Light::halfShadow),
    HAND_SHADOW(LIGHT, Light::handShadow),
    GRADIENT(LIGHT, Light::gradient),
    LAMP(LIGHT, Light::lamp),
    VIGNETTE(LIGHT, Light::vignette),
    DARK(LIGHT, Light::dark),
    VERY_DARK(LIGHT, Light::veryDark),
    DARK_GRADIENT(LIGHT, Light::darkGradient),
    OVEREXPOSED(LIGHT, Light::overexposed),
    PENCIL(LIGHT, Light::pencil, Light::withPencil),
    PENCIL_IN_SHADOW(LIGHT, Light::pencilInShadow, Light::withPencil),
    PENCIL_IN_GRADIENT(LIGHT, Light::pencilInGradient, Light::withPencil),
    COLOURED_LIGHT(LIGHT, Light::colouredLight),
    ROUGH_PAPER(LIGHT, Light::roughPaper),
    CRUMPLED_PAPER(LIGHT, Light::crumpledPaper),
    MIXED(LIGHT, Light::mixed),

    WRITING_LINE(RULES, Rules::writingLine),
    BOX(RULES, Rules::box),
    COMB(RULES, Rules::comb),
    RULED(RULES, Rules::ruled),
    SQUARED(RULES, Rules::squared),
    DOTTED(RULES, Rules::dotted),
    MARGIN(RULES, Rules::margin),
    DARK_TABLE(RULES, Tables::darkTable),
    LIGHT_TABLE(RULES, Tables::lightTable);

    /** Renders a drawing as an image file. */
    interface Renderer {
        byte[] file(PenDrawing drawing, int strength, SplittableRandom random);
    }

    /** Takes another pen to draw the same. */
    interface Pen {
        PenDrawing drawing(PenDrawing drawing, int strength);
    }

    final Group group;
    /** Only each so-manyth drawing is rendered, because these pictures are large. */
    final int every;

    private final Renderer renderer;
    private final Pen pen; // null: the drawing's own

    PictureKind(Group group, Renderer renderer) {
        this(group, renderer, null, 1);
    }

    PictureKind(Group group, Renderer renderer, Pen pen) {
        this(group, renderer, pen, 1);
    }

    PictureKind(Group group, Renderer renderer, int every) {
        this(group, renderer, null, every);
    }

    PictureKind(Group group, Renderer renderer, Pen pen, int every) {
        this.group = group;
        this.renderer = renderer;
        this.pen = pen;
        this.every = every;
    }

    /** The drawing with the pen of this kind. It has to be read right on a clean canvas first. */
    PenDrawing withPen(PenDrawing drawing, int strength) {
        return pen == null ? drawing : pen.drawing(drawing, strength);
    }

    /** Whether a drawing keeps its own pen. */
    boolean keepsPen() {
        return pen == null;
    }

    /**
     * Renders a drawing.
     *
     * @param drawing what {@link #withPen} returned
     * @param strength from 1 to 3
     * @param seed another seed gives other pictures
     * @return an image file, always the same for the same arguments
     */
    byte[] render(PenDrawing drawing, int strength, long seed) {
        long key = seed;
        for (Object part : new Object[] {name(), strength, drawing.name()}) {
            key = key * 6364136223846793005L + part.hashCode();
        }
        return renderer.file(drawing, strength, new SplittableRandom(key));
    }

    /** The name in words. */
    String title() {
        return toString().replace('-', ' ');
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
