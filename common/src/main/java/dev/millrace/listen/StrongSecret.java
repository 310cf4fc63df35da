package dev.millrace.listen;

import java.util.regex.Pattern;

/** Refuses secrets of the configuration that can be guessed. */
public final class StrongSecret {

    private static final Pattern STRONG = Pattern.compile("[A-Za-z0-9._~+/=-]{32,256}");
    private static final int FEWEST_DIFFERENT = 10;

    private StrongSecret() {}

    /**
     * Returns it, if nobody will guess it.
     *
     * @param key where it was set
     * @throws IllegalArgumentException otherwise, without quoting it
     */
    public static String require(String key, String secret) {
        if (!STRONG.matcher(secret).matches() || secret.chars().distinct().count() < FEWEST_DIFFERENT) {
            throw new IllegalArgumentException(("%s is to have 32 to 256"
                            + " characters of A-Z a-z 0-9 . _ ~ + / = -, at least %d of them different, which it has not."
                            + " Make one with: openssl rand -hex 32")
                    .formatted(key, FEWEST_DIFFERENT));
        }
        return secret;
    }
}
