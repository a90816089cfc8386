package io.gpushare.load.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where requests go.
 *
 * @param host without the brackets of an IPv6 address
 * @param path begins with {@code /}
 */
public record Endpoint(boolean secure, String host, int port, String path) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * Reads a URL; without a scheme it is HTTP.
     *
     * @param usualPath where it names none
     * @throws IllegalArgumentException with a sentence
     */
    public static Endpoint parse(String text, String usualPath) {
        URI url;
        try {
            url = new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("'" + text + "' is no URL: " + wrong.getReason(), wrong);
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("'" + text + "' is neither http nor https");
        }
        String host = url.getHost();
        if (host == null || url.getPort() > 65535 || url.getPort() == 0) {
            throw new IllegalArgumentException("'" + text + "' names no host; write it as http://localhost:8000/path");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a URL with a password would be kept in files; use --header");
        }
        boolean secure = scheme.equals("https");
        String path = url.getRawPath() == null || url.getRawPath().length() <= 1 ? usualPath : url.getRawPath();
        return new Endpoint(
                secure,
                host.replaceAll("^\\[|]$", ""),
                url.getPort() > 0 ? url.getPort() : secure ? HTTPS : HTTP,
                url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
    }

    /** As the header {@code Host} has it. */
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (secure ? HTTPS : HTTP) ? name : name + ":" + port;
    }

    /** Without what stands behind a question mark, which may be secret. */
    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority() + path.replaceAll("\\?.*", "?…");
    }
}
