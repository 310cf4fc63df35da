package dev.millrace.api.base.instance;

/**
 * This process among all instances of the service: the name of its consumers and groups in Redis.
 *
 * @param name never used by another process, now or later
 */
public record Instance(String name) {

    public Instance {
        if (!name.matches("[A-Za-z0-9._:-]{1,128}")) {
            throw new IllegalArgumentException(
                    "An instance's name has 1 to 128 characters of A-Z a-z 0-9 . _ : -, not '" + name + "'.");
        }
    }
}
