package dev.millrace.embedded;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * An address of a PostgreSQL database as {@code DATABASE_URL} has it:
 * {@code postgresql://[user[:password]@]host[:port]/database}. Prints without its password.
 */
public record PostgresUrl(URI uri) {

    private static final int DEFAULT_PORT = 5432;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the host or the database is missing, or the scheme is another
     */
    public PostgresUrl {
        boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!known || uri.getHost() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "A database's address is postgresql://user:password@host:port/database, not '" + shown(uri) + "'.");
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if the text is no such address; the message does not repeat it
     */
    public static PostgresUrl parse(String text) {
        try {
            return new PostgresUrl(new URI(text));
        } catch (URISyntaxException e) {
            // Neither the text nor the cause's message, which repeats it: it may hold a password.
            throw new IllegalArgumentException(
                    "A database's address is postgresql://user:password@host:port/database; this one has a character"
                            + " at " + e.getIndex() + " that must be percent-encoded.");
        }
    }

    public int port() {
        return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    }

    /**
     * Connects.
     *
     * @param timeout of the connection and of each answer, in whole seconds
     */
    public Connection connect(Duration timeout) throws SQLException {
        Properties properties = new Properties();
        String seconds = Long.toString(timeout.toSeconds());
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        signIn(properties, uri.getRawUserInfo());
        String address = "jdbc:postgresql://" + uri.getHost() + ":" + port() + uri.getRawPath();
        Connection connection = new Driver().connect(address, properties);
        if (connection == null) {
            throw new SQLException("PostgreSQL's driver does not know the address " + this);
        }
        return connection;
    }

    @Override
    public String toString() {
        return shown(uri);
    }

    private static void signIn(Properties properties, @Nullable String userInfo) {
        if (userInfo == null) {
            return;
        }
        int colon = userInfo.indexOf(':');
        properties.setProperty("user", decoded(colon < 0 ? userInfo : userInfo.substring(0, colon)));
        if (colon >= 0) {
            properties.setProperty("password", decoded(userInfo.substring(colon + 1)));
        }
    }

    private static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
