package ink.neural.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The query of an address, such as {@code top=5&charset=digits}. RESTEasy's own parser fails for brackets and braces, even
 * where they are percent-encoded.
 *
 * @param text the query as it was sent; null if there is none
 */
record Query(String text) {
    /** The value of the first parameter of a name; null if there is none. */
    String parameter(String name) {
        if (text == null) {
            return null;
        }
        for (String parameter : text.split("&")) {
            String[] nameAndValue = parameter.split("=", 2);
            if (decoded(nameAndValue[0]).equals(name)) {
                return nameAndValue.length == 2 ? decoded(nameAndValue[1]) : "";
            }
        }
        return null;
    }

    private static String decoded(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
