package ink.neural.it;

import ink.neural.drawing.DataUrl;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;

/** JSON bodies of requests. Options are members with a comma at their end, such as {@code "top":5,}. */
final class Requests {
    private Requests() {}

    /** The request to predict a PNG file. */
    static String predict(byte[] png) {
        return predict("", png);
    }

    static String predict(String options, byte[] png) {
        return "{" + options + "\"image\":\"" + DataUrl.encode("image/png", png) + "\"}";
    }

    /** A form as browsers send it: a file, and text fields such as {@code top=1}. */
    static byte[] form(String boundary, byte[] file, String... fields) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (String field : fields) {
            String[] nameAndValue = field.split("=", 2);
            form.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, nameAndValue[0], nameAndValue[1])
                    .getBytes());
        }
        form.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\n")
                .getBytes());
        form.writeBytes(file);
        form.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes());
        return form.toByteArray();
    }

    /** The request to predict a batch of images, given as data URLs. */
    static String batch(List<String> images) {
        return batch("", images);
    }

    static String batch(String options, List<String> images) {
        return images.stream()
                .map(image -> "\"" + image + "\"")
                .collect(Collectors.joining(",", "{" + options + "\"images\":[", "]}"));
    }
}
