package ink.neural.load.search;

import java.util.List;
import java.util.Random;

/** A property of a request that the search varies, with all of its values. The first value is the plainest. */
enum Gene {
    // The picture
    FORMAT("png jpeg gif tiff bmp webp none"),
    WIDTH("1024 1 2 7 8 16 64 100 256 512 1000 2048 4096 8192 16384"),
    HEIGHT("1024 1 2 7 8 16 64 100 256 512 1000 2048 4096 8192 16384"),
    CONTENT("noise flat blobs grid rows columns dust discs strokes spiral gradient frames"),
    /** The size of the parts of the content, in pixels. */
    SCALE("1 2 3 4 5 6 7 8 9 10 12 16 24 32 48 64"),
    /** How many levels of grey the content has. */
    LEVELS("256 2 3 4 8 16 64"),
    COLOURED("no yes transparent"),
    PALETTE("random black"),
    /** Bits per sample, as far as the format has that many. */
    DEPTH("8 1 2 4 16"),
    /** PNG's numbers for grey, RGB, palette, grey and alpha, RGBA. Other formats have what is next to it. */
    COLOUR_TYPE("0 2 3 4 6"),
    INTERLACED("no yes"),
    /** A PNG filter, or 5 for all in turn. */
    FILTER("0 1 2 3 4 5"),
    /** How the pixels are compressed. Each format has some of these. */
    COMPRESSION("fast best stored literals tiny-stored tiny-dynamic packbits lzw none"),
    QUALITY("95 10 50 75 100"),
    ORIENTATION("1 6"),
    /** Bytes in a chunk, strip, block or restart interval of compressed pixels. */
    PIECE("8192 1 2 5 10 100 255 1000 100000 10000000"),
    /** What is repeated in the file until it has as many bytes as the padding says. */
    PADDING("none empty-pieces empty-blocks dynamic-blocks text-chunks segments tables fill-bytes groups zeros"),
    PADDING_BYTES("1000 10000 65000 100000 300000 1000000 2000000 4000000 6000000 8000000"),
    DAMAGE("none flip truncate"),
    /** Where the file is damaged, in percent. */
    DAMAGED_AT("50 0 1 10 90 99 100"),

    // The request
    BODY("raw json batch multipart form text"),
    IMAGES("1 2 16 100 256 257 1000"),
    BASE64("plain wrapped tiny-lines url-safe escaped percent bare bad-end"),
    CHARSET("utf-8 utf-16be utf-16le bom"),
    OPTIONS("none all top long-charset wrong-charset many unknown"),
    /** What a JSON body holds besides, or instead of, its images. */
    JSON("none string escapes surrogates numbers digits nested objects names spaces nulls duplicates"),
    JSON_BYTES("1000 10000 65000 100000 1000000 2000000 8000000 12000000"),
    JSON_AT("before after instead"),
    /** Bytes in a chunk of the transfer coding, or 0 for a body that states its length. */
    HTTP_CHUNK("0 1 10 100 1000 8192 65536"),
    CHUNK_EXTENSION("none short long"),
    HEADERS("0 10 50 90"),
    QUERY("none options long many");

    private final List<String> values;

    Gene(String values) {
        this.values = List.of(values.split(" "));
    }

    String plainest() {
        return values.get(0);
    }

    String random(Random random) {
        return values.get(random.nextInt(values.size()));
    }

    boolean has(String value) {
        return values.contains(value);
    }
}
