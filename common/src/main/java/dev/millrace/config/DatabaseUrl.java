package dev.millrace.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code postgresql://user:password@host:port/database?parameters}; user and password percent-encoded. */
record DatabaseUrl(
        String address, @Nullable String user, @Nullable String password) {

    private static final int DEFAULT_PORT = 5432;

    /** A URL that is none is told without itself: it may hold a password. */
    static DatabaseUrl parse(String url) {
        URI uri = uri(url);
        boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!postgres
                || uri.getHost() == null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw malformed();
        }
        String[] credentials = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(
                address(uri),
                credentials.length < 1 ? null : decoded(credentials[0]),
                credentials.length < 2 ? null : decoded(credentials[1]));
    }

    /** The settings that this makes. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.datasource.jdbc.url", "jdbc:" + address);
        settings.put("quarkus.datasource.reactive.url", address);
        if (user != null) {
            settings.put("quarkus.datasource.username", user);
        }
        if (password != null) {
            settings.put("quarkus.datasource.password", password);
        }
        return settings;
    }

    @Override
    public String toString() {
        return address;
    }

    private static String address(URI uri) {
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return "postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query;
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException syntax) {
            throw malformed();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "DATABASE_URL is to be postgresql://user:password@host:port/database, which its value is not.");
    }
}
