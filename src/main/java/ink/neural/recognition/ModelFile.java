package ink.neural.recognition;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of a loaded model, for programs that run the model themselves. The file on the disk may be another one by now.
 *
 * @param content its bytes
 * @param sha256 its SHA-256 digest, in hexadecimal digits
 */
public record ModelFile(byte[] content, String sha256) {
    /**
     * A file with its digest.
     *
     * @param content its bytes
     * @return the file
     */
    public static ModelFile of(byte[] content) {
        try {
            return new ModelFile(
                    content,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException impossible) { // every Java platform has it
            throw new IllegalStateException(impossible);
        }
    }
}
