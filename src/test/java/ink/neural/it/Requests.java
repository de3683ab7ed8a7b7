package ink.neural.it;

import ink.neural.drawing.DataUrl;
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
