package ink.neural.http.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/**
 * The address of the page as its visitors know it, from the header fields of a request. Only what the page says about itself
 * depends on it: a client can deceive nobody but itself.
 */
final class PageAddress {
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

    private PageAddress() {}

    /**
     * The address of the application.
     *
     * @return such as {@code https://ink.example/}; empty, which stands for a relative address, if the host is not known
     */
    static String of(HttpServletRequest request) {
        String host = request.getHeader("Host");
        if (host == null || !HOST.matcher(host).matches()) {
            return "";
        }
        // A proxy that ends TLS says so.
        boolean isSecure = request.isSecure() || "https".equals(request.getHeader("X-Forwarded-Proto"));
        return (isSecure ? "https://" : "http://") + host + request.getContextPath() + "/";
    }
}
