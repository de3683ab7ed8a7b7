package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Parses the segments of a JPEG file (ITU-T T.81, annex B), strips the metadata and reads the EXIF orientation (Exif
 * 2.32, section 4.6).
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
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int IFD_ENTRY_LENGTH = 12;
    /** This many scans of a progressive JPEG cost about as much as decoding the image once. */
    private static final int SCANS_PER_DECODE = 4;
    /** Encoders write about ten scans. A file of thousands would keep the decoder busy for minutes. */
    private static final int MAX_SCANS = 16;

    private final ByteBuffer in;
    private final ByteArrayOutputStream stripped;
    private int width;
    private int height;
    private boolean progressive;
    private int scans;
    private int orientation = ExifOrientation.UPRIGHT;

    private JpegParser(byte[] file) {
        in = ByteBuffer.wrap(file);
        stripped = new ByteArrayOutputStream(file.length + JFIF.length);
    }

    /** Whether a file starts as a JPEG does. */
    static boolean recognises(byte[] file) {
        return file.length > 3 && file[0] == (byte) 0xFF && file[1] == (byte) SOI && file[2] == (byte) 0xFF;
    }

    /**
     * Parses a JPEG file.
     *
     * @throws InvalidImageException if the file is truncated or damaged, or if it is not a Huffman-coded greyscale,
     *     YCbCr or RGB image of 8 bits per sample
     */
    static ImageFile parse(byte[] file) {
        JpegParser jpeg = new JpegParser(file);
        try {
            jpeg.readSegments();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw truncated();
        }
        int decodeCost = jpeg.progressive ? 1 + jpeg.scans / SCANS_PER_DECODE : 1;
        return new ImageFile(
                "jpeg", jpeg.width, jpeg.height, decodeCost, jpeg.orientation, jpeg.stripped.toByteArray());
    }

    private static InvalidImageException truncated() {
        return notAnImage("The JPEG file is truncated.");
    }

    private void readSegments() {
        writeMarker(nextMarker());
        for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
            ByteBuffer segment = nextSegment();
            switch (marker) {
                case SOF_BASELINE, SOF_EXTENDED, SOF_PROGRESSIVE -> readFrame(marker, segment);
                case SOS -> readScan(segment);
                case DHT, DQT, DRI, APP_ADOBE -> write(marker, segment);
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
        progressive = marker == SOF_PROGRESSIVE;
        int components = segment.get(5);
        if (components == 4) {
            throw notAnImage("JPEG files in CMYK colours are not supported. Save the image in RGB.");
        }
        if (components != 1 && components != 3) {
            throw notAnImage("The JPEG file is neither greyscale nor RGB.");
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
        stripped.write(in.array(), start, in.position() - start);
    }

    private void replaceJfif(ByteBuffer segment) {
        if (startsWith(segment, JFIF_NAME)) {
            write(APP_JFIF, ByteBuffer.wrap(JFIF));
        }
    }

    /** Reads the orientation from an EXIF segment. The image counts as upright if the segment is damaged. */
    private void readExif(ByteBuffer segment) {
        if (!startsWith(segment, EXIF_NAME)) {
            return;
        }
        try {
            readTiff(segment.position(EXIF_NAME.length).slice());
        } catch (IndexOutOfBoundsException e) {
            orientation = ExifOrientation.UPRIGHT;
        }
    }

    /** Looks for the orientation in the first directory of the TIFF file that an EXIF segment holds. */
    private void readTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0, entry = directory + 2; i < entries; i++, entry += IFD_ENTRY_LENGTH) {
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION_TAG) {
                int value = tiff.getShort(entry + 8);
                orientation = value >= 1 && value <= 8 ? value : ExifOrientation.UPRIGHT;
            }
        }
    }

    private static boolean startsWith(ByteBuffer segment, byte[] name) {
        return segment.remaining() >= name.length
                && segment.slice(0, name.length).equals(ByteBuffer.wrap(name));
    }

    private void write(int marker, ByteBuffer segment) {
        writeMarker(marker);
        int length = segment.remaining() + 2;
        stripped.write(length >> 8);
        stripped.write(length);
        stripped.write(segment.array(), segment.arrayOffset() + segment.position(), segment.remaining());
    }

    private void writeMarker(int marker) {
        stripped.write(0xFF);
        stripped.write(marker);
    }
}
