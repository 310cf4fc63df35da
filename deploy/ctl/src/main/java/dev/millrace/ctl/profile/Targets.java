package dev.millrace.ctl.profile;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the target of a command. The first of these that is there says where: the option {@code --url}, the option {@code --profile},
 * {@code MILLRACE_URL}, {@code MILLRACE_PROFILE}, the profile {@code default}, and {@code http://127.0.0.1:8080}. A profile's token
 * goes to the profile's URL only; {@code MILLRACE_TOKEN} goes to every URL that is not that of a profile named by its option.
 */
public final class Targets {

    private static final String LOCAL = "http://127.0.0.1:8080";
    private static final String DEFAULT = "default";

    private final Map<String, String> environment;
    private final Profiles profiles;

    public Targets(Map<String, String> environment) {
        this.environment = environment;
        this.profiles = new Profiles(file(environment));
    }

    /** The target that options, each of which may be missing, and the environment choose. */
    public Target choose(Optional<String> url, Optional<String> profile) {
        Optional<String> token = set("MILLRACE_TOKEN");
        if (url.isPresent()) {
            return Target.of(url.get(), token);
        }
        if (profile.isPresent()) {
            return profiles.get(profile.get());
        }
        Optional<String> where = set("MILLRACE_URL");
        if (where.isPresent()) {
            return Target.of(where.get(), token);
        }
        Target chosen = set("MILLRACE_PROFILE")
                .map(profiles::get)
                .or(() -> profiles.find(DEFAULT))
                .orElseGet(() -> Target.of(LOCAL, Optional.empty()));
        return token.isPresent() ? new Target(chosen.url(), token) : chosen;
    }

    /** Where profiles lie: {@code $XDG_CONFIG_HOME/millrace/profiles.json}, by default in {@code ~/.config}. */
    static Path file(Map<String, String> environment) {
        Path configuration = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(environment.getOrDefault("HOME", ""), ".config"));
        return configuration.resolve("millrace").resolve("profiles.json");
    }

    private Optional<String> set(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
