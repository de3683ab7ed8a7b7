package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;

import ink.neural.drawing.pixel.Argb;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Decodes JPEG files with the JDK's ImageIO, row by row. */
final class JpegDecoder {
    private final int width;
    private final int height;
    private final int components;
    private final BoxFilter pixels;
    private final byte[] samples;
    private final int[] argb;

    private JpegDecoder(int width, int height, int components) {
        this.width = width;
        this.height = height;
        this.components = components;
        pixels = BoxFilter.ofRows(width, height);
        samples = new byte[width * components];
        argb = new int[width];
    }

    /**
     * How a JPEG file stores its pixels.
     *
     * @param components 1 for grey, 3 for RGB or YCbCr, 4 for CMYK or YCCK
     * @param adobe whether Adobe's marker says that CMYK is stored inverted
     * @param ycck whether Adobe's marker says that the colours are YCCK
     * @param scans how many scans the file has
     */
    record Coding(int components, boolean adobe, boolean ycck, int scans) {}

    /**
     * Decodes a parsed file.
     *
     * @param file holds the file
     * @param length length of the file
     * @throws InvalidImageException if ImageIO cannot decode it; on damaged files it throws many kinds of unchecked
     *     exception
     */
    static Drawing decode(byte[] file, int length, int width, int height, Coding coding) {
        JpegDecoder decoder = new JpegDecoder(width, height, coding.components());
        ImageReader reader = jdkReader();
        try {
            if (coding.components() == 4) {
                decoder.readCmyk(reader, file, length, coding);
            } else {
                decoder.read(reader, file, length, coding.scans());
            }
            return decoder.pixels.drawing();
        } catch (IOException | RuntimeException e) {
            throw damaged();
        } finally {
            reader.dispose();
        }
    }

    /** The JDK's own reader, even where another application of the server has registered one of a library. */
    private static ImageReader jdkReader() {
        Iterator<ImageReaderSpi> readers = IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        ImageReaderSpi.class,
                        reader -> reader.getClass().getModule() == ImageIO.class.getModule()
                                && ((ImageReaderSpi) reader).getFormatNames()[0].equalsIgnoreCase("jpeg"),
                        true);
        try {
            return readers.next().createReaderInstance();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has the reader write into an image that passes each row on and keeps none. Only the last scan yields rows. */
    private void read(ImageReader reader, byte[] file, int length, int scans) throws IOException {
        reader.setInput(new ByteArrayImageInput(file, length), true, true);
        ColorSpace space = ColorSpace.getInstance(components == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        SampleModel layout = new ComponentSampleModel(
                DataBuffer.TYPE_BYTE, width, height, components, components * width, offsets(components));
        ColorModel model = new ComponentColorModel(space, false, false, ColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        ImageReadParam param = reader.getDefaultReadParam();
        param.setDestination(new BufferedImage(model, new RowReceiver(layout), false, null));
        param.setSourceProgressivePasses(scans - 1, Integer.MAX_VALUE);
        reader.read(0, param);
    }

    /** Receives each row, as soon as it is decoded, in a raster of one row. */
    private final class RowReceiver extends WritableRaster {
        RowReceiver(SampleModel layout) {
            super(layout, new DataBufferByte(1), new Point());
        }

        @Override
        public void setRect(int x, int y, Raster row) {
            row.getDataElements(row.getMinX(), row.getMinY(), width, 1, samples);
            addRow(y);
        }
    }

    private static int[] offsets(int components) {
        return components == 1 ? new int[] {0} : new int[] {0, 1, 2};
    }

    private void addRow(int y) {
        for (int x = 0, i = 0; x < width; x++, i += components) {
            argb[x] = components == 1
                    ? Argb.grey(samples[i] & 0xFF)
                    : Argb.rgb(samples[i] & 0xFF, samples[i + 1] & 0xFF, samples[i + 2] & 0xFF);
        }
        pixels.addRow(y, argb);
    }

    /**
     * Reads the four components as they are stored, since the JDK does not convert them to RGB. It would keep them all,
     * so they are read in bands, for each of which it decodes the image from the top.
     */
    private void readCmyk(ImageReader reader, byte[] file, int length, Coding coding) throws IOException {
        int bandHeight = Math.max(1, BoxFilter.MAX_PIXELS / width);
        for (int y = 0; y < height; y += bandHeight) {
            reader.setInput(new ByteArrayImageInput(file, length), true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceProgressivePasses(coding.scans() - 1, Integer.MAX_VALUE);
            param.setSourceRegion(new Rectangle(0, y, width, Math.min(bandHeight, height - y)));
            Raster band = reader.readRaster(0, param);
            for (int i = 0; i < band.getHeight(); i++) {
                band.getDataElements(band.getMinX(), band.getMinY() + i, width, 1, samples);
                addCmykRow(y + i, coding);
            }
        }
    }

    private void addCmykRow(int y, Coding coding) {
        // Adobe's programs store each ink as what is left of the light.
        int inversion = coding.adobe() ? 255 : 0;
        for (int x = 0, i = 0; x < width; x++, i += 4) {
            if (coding.ycck()) {
                convertYcck(i);
            }
            argb[x] = Argb.cmyk(
                    samples[i] & 0xFF ^ inversion,
                    samples[i + 1] & 0xFF ^ inversion,
                    samples[i + 2] & 0xFF ^ inversion,
                    samples[i + 3] & 0xFF ^ inversion);
        }
        pixels.addRow(y, argb);
    }

    /** Converts luma and chroma to cyan, magenta and yellow, which are the complements of red, green and blue. */
    private void convertYcck(int at) {
        int luma = samples[at] & 0xFF;
        int blueChroma = (samples[at + 1] & 0xFF) - 128;
        int redChroma = (samples[at + 2] & 0xFF) - 128;
        samples[at] = complement(luma + 1.402f * redChroma);
        samples[at + 1] = complement(luma - 0.344f * blueChroma - 0.714f * redChroma);
        samples[at + 2] = complement(luma + 1.772f * blueChroma);
    }

    private static byte complement(float sample) {
        return (byte) (255 - Argb.clamp(Math.round(sample)));
    }
}
