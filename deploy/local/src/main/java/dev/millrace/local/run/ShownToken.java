package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The token that our own programs show to the apis of this machine. It is never printed, nor handed to a process as an argument. */
public final class ShownToken {

    /** As a header can have it, and nothing that would end the line. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,256}");

    private static final ShownToken NONE = new ShownToken(null);

    private final @Nullable String text;

    private ShownToken(@Nullable String text) {
        this.text = text;
    }

    /** Of whoever shows none. */
    public static ShownToken none() {
        return NONE;
    }

    /**
     * {@code MILLRACE_TOKEN}, or else {@code MILLRACE_ADMIN_TOKEN}; none if neither is set, as where access control is off.
     *
     * @throws CannotStart if it is no token, without quoting it
     */
    public static ShownToken of(Map<String, String> environment) {
        return CommandLine.set(environment, "MILLRACE_TOKEN")
                .or(() -> CommandLine.set(environment, "MILLRACE_ADMIN_TOKEN"))
                .map(ShownToken::checked)
                .orElse(NONE);
    }

    /**
     * The same, for a platform that is about to be started in this environment.
     *
     * @throws CannotStart also if its apis will ask for tokens, and nobody could have one
     */
    public static ShownToken ofOwnPlatform(Map<String, String> environment) {
        if (isAsked(environment)
                && CommandLine.set(environment, "MILLRACE_ADMIN_TOKEN").isEmpty()) {
            throw new CannotStart(
                    "MILLRACE_ACCESS_ENABLED is true, and without MILLRACE_ADMIN_TOKEN nobody could give tokens:"
                            + " set it, for example to what 'openssl rand -hex 32' prints.");
        }
        return of(environment);
    }

    /** Whether services that are started in this environment, in the profile {@code local}, ask for tokens. */
    public static boolean isAsked(Map<String, String> environment) {
        return CommandLine.set(environment, "MILLRACE_ACCESS_ENABLED")
                .filter("true"::equals)
                .isPresent();
    }

    /** What the header {@code Authorization} says; empty if nothing is shown. */
    public Optional<String> header() {
        return Optional.ofNullable(text).map(shown -> "Bearer " + shown);
    }

    @Override
    public String toString() {
        return "ShownToken";
    }

    private static ShownToken checked(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new CannotStart("MILLRACE_TOKEN, or MILLRACE_ADMIN_TOKEN, is no token: it has 1 to 256 characters of"
                    + " A-Z a-z 0-9 . _ ~ + / = -.");
        }
        return new ShownToken(token);
    }
}
