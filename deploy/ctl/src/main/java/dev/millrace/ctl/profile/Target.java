package dev.millrace.ctl.profile;

import dev.millrace.ctl.server.Unusable;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A server, and the token that is shown to it.
 *
 * @param url http or https, with a host and perhaps a path, without a slash at its end
 */
public record Target(String url, Optional<String> token) {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,256}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public Target {
        refuseUnlessUsable(url);
        if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
            throw new Unusable("The token has characters that no token has; it is not shown here.");
        }
    }

    /** Of a URL as people write it. */
    public static Target of(String url, Optional<String> token) {
        return new Target(url.replaceAll("/+$", ""), token);
    }

    /** Whether whoever listens on the way sees the token. */
    public boolean isOverheard() {
        URI uri = URI.create(url);
        return token.isPresent() && "http".equals(scheme(uri)) && !LOOPBACK.contains(uri.getHost());
    }

    /** Without the token. */
    @Override
    public String toString() {
        return url;
    }

    private static void refuseUnlessUsable(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException broken) {
            throw new Unusable("The URL of the server is no URL.");
        }
        boolean web = Set.of("http", "https").contains(scheme(uri)) && uri.getHost() != null;
        if (!web || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new Unusable(
                    "The URL of the server is like http://127.0.0.1:8080, with http or https, and nothing behind its path.");
        }
        if (uri.getRawUserInfo() != null) {
            throw new Unusable(
                    "The URL of the server has a user or password in it: put a token into MILLRACE_TOKEN or a profile.");
        }
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }
}
