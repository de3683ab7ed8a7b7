package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Parses the segments of a JPEG file (ITU-T T.81, annex B), strips the metadata and reads the EXIF orientation (Exif
 * 2.32, section 4.6). Metadata, colour profiles and thumbnails take ImageIO time and memory and change no pixel.
 */
final class JpegParser {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOF_BASELINE = 0xC0;
    private static final int SOF_EXTENDED = 0xC1;
    private static final int SOF_PROGRESSIVE = 0xC2;
    private static final int SOF_LAST = 0xCF;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    private static final int DHT = 0xC4;
    private static final int RST_FIRST = 0xD0;
    private static final int RST_LAST = 0xD7;
    private static final int APP_JFIF = 0xE0;
    private static final int APP_EXIF = 0xE1;
    private static final int APP_ADOBE = 0xEE;

    private static final byte[] JFIF_NAME = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
    /** The data of a JFIF 1.1 segment without a thumbnail. It tells the decoder that the colours are YCbCr. */
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

    private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE_NAME = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final int ADOBE_TRANSFORM = 11;
    private static final int YCCK = 2;
    /** The cost of several scans, since each covers the whole image, and that of CMYK, see {@link JpegDecoder}. */
    private static final int COST_OF_SCANS = 4;

    private static final int COST_OF_CMYK = 4;
    /** The side of the largest blocks that are decoded as a whole (minimum coded units). */
    private static final int MAX_BLOCK_SIDE = 16;
    /** Encoders write some dozens of segments. Millions of tiny ones would keep the decoder busy. */
    private static final int MAX_SEGMENTS = 1 << 14;
    /** Encoders write about ten scans. A file of thousands would keep the decoder busy for minutes. */
    private static final int MAX_SCANS = 16;

    private final ByteBuffer in;
    private final ByteBuffer stripped;
    private int width;
    private int height;
    private int components;
    private boolean jfif;
    private boolean adobe;
    private boolean ycck;
    private boolean exif;
    private int scans;
    private int orientation = ExifOrientation.UPRIGHT;

    private JpegParser(byte[] file) {
        in = ByteBuffer.wrap(file);
        stripped = ByteBuffer.allocate(file.length + JFIF.length);
    }

    /** Whether a file starts as a JPEG does. */
    static boolean recognises(byte[] file) {
        return file.length > 3 && file[0] == (byte) 0xFF && file[1] == (byte) SOI && file[2] == (byte) 0xFF;
    }

    /**
     * Parses a JPEG file.
     *
     * @throws InvalidImageException if the file is truncated or damaged, or if it is not a Huffman-coded greyscale,
     *     YCbCr, RGB or CMYK image of 8 bits per sample
     */
    static ImageFile parse(byte[] file) {
        JpegParser jpeg = new JpegParser(file);
        try {
            jpeg.readSegments();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw truncated();
        }
        return jpeg.image();
    }

    private ImageFile image() {
        int decodeCost = (scans > 1 ? COST_OF_SCANS : 1) * (components == 4 ? COST_OF_CMYK : 1) * blockPadding();
        int length = stripped.position();
        JpegDecoder.Coding coding = new JpegDecoder.Coding(components, adobe, ycck, scans);
        return new ImageFile(
                width,
                height,
                decodeCost,
                length,
                orientation,
                () -> JpegDecoder.decode(stripped.array(), length, width, height, coding));
    }

    /** How many times as large as the image its blocks are. This is 1 unless the image is very narrow. */
    private int blockPadding() {
        long blocks =
                (long) (width + MAX_BLOCK_SIDE - 1) / MAX_BLOCK_SIDE * ((height + MAX_BLOCK_SIDE - 1) / MAX_BLOCK_SIDE);
        return (int) Math.max(1, blocks * MAX_BLOCK_SIDE * MAX_BLOCK_SIDE / Math.max(1, (long) width * height));
    }

    private static InvalidImageException truncated() {
        return notAnImage("The JPEG file is truncated.");
    }

    private void readSegments() {
        writeMarker(nextMarker());
        for (int marker = nextMarker(), segments = 1; marker != EOI; marker = nextMarker(), segments++) {
            if (segments > MAX_SEGMENTS) {
                throw notAnImage("The JPEG file has more than %d segments.".formatted(MAX_SEGMENTS));
            }
            ByteBuffer segment = nextSegment();
            switch (marker) {
                case SOF_BASELINE, SOF_EXTENDED, SOF_PROGRESSIVE -> readFrame(marker, segment);
                case SOS -> readScan(segment);
                case DHT, DQT, DRI -> write(marker, segment);
                case APP_ADOBE -> readAdobe(segment);
                case APP_JFIF -> replaceJfif(segment);
                case APP_EXIF -> readExif(segment);
                default -> refuseOtherFrames(marker);
            }
        }
        if (scans == 0) {
            throw notAnImage("The JPEG file contains no image.");
        }
        writeMarker(EOI);
    }

    /** Reads a marker: any number of 0xFF bytes, then a code. */
    private int nextMarker() {
        if ((in.get() & 0xFF) != 0xFF) {
            throw notAnImage("The JPEG file is damaged.");
        }
        int code = 0xFF;
        while (code == 0xFF) {
            code = in.get() & 0xFF;
        }
        return code;
    }

    private ByteBuffer nextSegment() {
        int length = (in.getShort() & 0xFFFF) - 2;
        if (length < 0 || length > in.remaining()) {
            throw truncated();
        }
        ByteBuffer segment = in.slice(in.position(), length);
        in.position(in.position() + length);
        return segment;
    }

    private void readFrame(int marker, ByteBuffer segment) {
        if (width != 0) {
            throw notAnImage("JPEG files with several images are not supported.");
        }
        if (segment.get(0) != 8) {
            throw notAnImage("JPEG files with other than 8 bits per sample are not supported.");
        }
        height = segment.getShort(1) & 0xFFFF;
        width = segment.getShort(3) & 0xFFFF;
        components = segment.get(5);
        if (components != 1 && components != 3 && components != 4) {
            throw notAnImage("The JPEG file is neither greyscale nor RGB nor CMYK.");
        }
        write(marker, segment);
    }

    private static void refuseOtherFrames(int marker) {
        if (marker > SOF_PROGRESSIVE && marker <= SOF_LAST) {
            throw notAnImage("Lossless, hierarchical and arithmetic-coded JPEG files are not supported.");
        }
    }

    /** Copies a scan. Its data ends at the first marker that is neither an escaped 0xFF nor a restart marker. */
    private void readScan(ByteBuffer segment) {
        if (++scans > MAX_SCANS) {
            throw notAnImage("The JPEG file has more than %d scans.".formatted(MAX_SCANS));
        }
        write(SOS, segment);
        int start = in.position();
        while (true) {
            if ((in.get() & 0xFF) != 0xFF) {
                continue;
            }
            int code = in.get(in.position()) & 0xFF;
            if (code != 0 && (code < RST_FIRST || code > RST_LAST)) {
                break;
            }
        }
        in.position(in.position() - 1);
        stripped.put(in.array(), start, in.position() - start);
    }

    private void replaceJfif(ByteBuffer segment) {
        if (startsWith(segment, JFIF_NAME) && !jfif) {
            jfif = true;
            write(APP_JFIF, ByteBuffer.wrap(JFIF));
        }
    }

    private void readAdobe(ByteBuffer segment) {
        if (startsWith(segment, ADOBE_NAME)) {
            adobe = true;
            ycck = segment.get(ADOBE_TRANSFORM) == YCCK;
            write(APP_ADOBE, segment);
        }
    }

    private void readExif(ByteBuffer segment) {
        if (startsWith(segment, EXIF_NAME) && !exif) {
            exif = true;
            orientation = ExifOrientation.read(segment.position(EXIF_NAME.length));
        }
    }

    private static boolean startsWith(ByteBuffer segment, byte[] name) {
        return segment.remaining() >= name.length
                && segment.slice(0, name.length).equals(ByteBuffer.wrap(name));
    }

    private void write(int marker, ByteBuffer segment) {
        writeMarker(marker);
        stripped.putShort((short) (segment.remaining() + 2));
        stripped.put(segment);
    }

    private void writeMarker(int marker) {
        stripped.put((byte) 0xFF).put((byte) marker);
    }
}
