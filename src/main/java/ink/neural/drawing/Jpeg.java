package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The segments of a JPEG file (ITU-T T.81, annex B; the orientation: Exif 2.32, section 4.6). */
final class Jpeg {
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
    /** The body of a JFIF segment of version 1.1 without a thumbnail: it says that the colours are YCbCr. */
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

    private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int IFD_ENTRY = 12;
    /** So many scans cost about as much as decoding the picture once. */
    private static final int SCANS_AT_ONCE = 4;
    /** A progressive JPEG is made in about ten. */
    private static final int MAX_SCANS = 16;

    private final ByteBuffer in;
    private final ByteArrayOutputStream kept;
    private int width;
    private int height;
    private boolean progressive;
    private int scans;
    private int orientation = 1;

    private Jpeg(byte[] file) {
        in = ByteBuffer.wrap(file);
        kept = new ByteArrayOutputStream(file.length + JFIF.length);
    }

    /** Whether a file begins as a JPEG does. */
    static boolean recognises(byte[] file) {
        return file.length > 3 && file[0] == (byte) 0xFF && file[1] == (byte) SOI && file[2] == (byte) 0xFF;
    }

    /**
     * Reduces a JPEG to the tables and scans that make its pixels.
     *
     * @throws InvalidImageException if the file is cut short or damaged, or not of the common kind: grey, YCbCr or RGB
     *     colours of 8 bits in Huffman codes
     */
    static ImageFile reduce(byte[] file) {
        Jpeg jpeg = new Jpeg(file);
        try {
            jpeg.read();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw notAnImage("The JPEG is cut short.");
        }
        int effort = jpeg.progressive ? 1 + jpeg.scans / SCANS_AT_ONCE : 1;
        return new ImageFile("jpeg", jpeg.width, jpeg.height, effort, jpeg.orientation, jpeg.kept.toByteArray());
    }

    private void read() {
        keepMarker(nextMarker());
        for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
            ByteBuffer segment = nextSegment();
            switch (marker) {
                case SOF_BASELINE, SOF_EXTENDED, SOF_PROGRESSIVE -> readFrame(marker, segment);
                case SOS -> readScan(segment);
                case DHT, DQT, DRI, APP_ADOBE -> keep(marker, segment);
                case APP_JFIF -> keepColours(segment);
                case APP_EXIF -> readOrientation(segment);
                default -> refuseFrame(marker);
            }
        }
        if (scans == 0) {
            throw notAnImage("The JPEG has no picture in it.");
        }
        keepMarker(EOI);
    }

    /** A marker is 0xFF, as often as the writer liked, and a code. */
    private int nextMarker() {
        if ((in.get() & 0xFF) != 0xFF) {
            throw notAnImage("The JPEG is damaged.");
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
            throw notAnImage("The JPEG is cut short.");
        }
        ByteBuffer segment = in.slice(in.position(), length);
        in.position(in.position() + length);
        return segment;
    }

    private void readFrame(int marker, ByteBuffer segment) {
        if (width != 0 || segment.get(0) != 8) {
            throw notAnImage("The JPEG is of a kind we do not read: 12 bits or several pictures.");
        }
        height = segment.getShort(1) & 0xFFFF;
        width = segment.getShort(3) & 0xFFFF;
        progressive = marker == SOF_PROGRESSIVE;
        int components = segment.get(5);
        if (components == 4) {
            throw notAnImage("The JPEG is in CMYK colours, as for print. Save it in RGB.");
        }
        if (components != 1 && components != 3) {
            throw notAnImage("The JPEG is of a kind we do not read: neither grey nor in colour.");
        }
        keep(marker, segment);
    }

    private static void refuseFrame(int marker) {
        if (marker > SOF_PROGRESSIVE && marker <= SOF_LAST) {
            throw notAnImage("The JPEG is of a kind we do not read: lossless, hierarchical or arithmetic codes.");
        }
    }

    /** A scan's data goes on until a marker that is neither an escaped 0xFF nor a restart. */
    private void readScan(ByteBuffer segment) {
        if (++scans > MAX_SCANS) {
            throw notAnImage("The JPEG has more than %d scans.".formatted(MAX_SCANS));
        }
        keep(SOS, segment);
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
        kept.write(in.array(), start, in.position() - start);
    }

    private void keepColours(ByteBuffer segment) {
        if (startsWith(segment, JFIF_NAME)) {
            keep(APP_JFIF, ByteBuffer.wrap(JFIF));
        }
    }

    /** Finds the orientation in the first directory of the TIFF file that an Exif segment is; without, it stays upright. */
    private void readOrientation(ByteBuffer segment) {
        if (!startsWith(segment, EXIF_NAME)) {
            return;
        }
        ByteBuffer tiff = segment.position(EXIF_NAME.length).slice();
        try {
            tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = tiff.getInt(4);
            int entries = tiff.getShort(directory) & 0xFFFF;
            for (int i = 0, entry = directory + 2; i < entries; i++, entry += IFD_ENTRY) {
                if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION_TAG) {
                    int value = tiff.getShort(entry + 8);
                    orientation = value >= 1 && value <= 8 ? value : 1;
                }
            }
        } catch (IndexOutOfBoundsException e) {
            orientation = 1;
        }
    }

    private static boolean startsWith(ByteBuffer segment, byte[] name) {
        return segment.remaining() >= name.length
                && segment.slice(0, name.length).equals(ByteBuffer.wrap(name));
    }

    private void keep(int marker, ByteBuffer segment) {
        keepMarker(marker);
        int length = segment.remaining() + 2;
        kept.write(length >> 8);
        kept.write(length);
        kept.write(segment.array(), segment.arrayOffset() + segment.position(), segment.remaining());
    }

    private void keepMarker(int marker) {
        kept.write(0xFF);
        kept.write(marker);
    }
}
