package dev.millrace.ctl.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Targets by name, in a file of JSON: <code>{"default": {"url": "http://127.0.0.1:8080"}, "prod": {"url": "https://…", "token":
 * "mr_…"}}</code>. A file that anybody but its owner may read or write is refused.
 */
final class Profiles {

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path file;

    Profiles(Path file) {
        this.file = file;
    }

    /** The target of this name; empty if there is no file, or no such name in it. */
    Optional<Target> find(String name) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        refuseUnlessPrivate();
        return Optional.of(read().path(name)).filter(JsonNode::isObject).map(profile -> target(name, profile));
    }

    /** The target of this name, which somebody asked for. */
    Target get(String name) {
        return find(name).orElseThrow(() -> new Unusable("There is no profile '" + name + "' in " + file + "."));
    }

    private void refuseUnlessPrivate() {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new Unusable(
                        "Others may read or write " + file + ", which holds tokens: chmod 600 " + file + ".");
            }
        } catch (IOException unreadable) {
            throw unreadable();
        }
    }

    private JsonNode read() {
        try {
            return Json.read(Files.readString(file))
                    .filter(JsonNode::isObject)
                    .orElseThrow(() -> new Unusable(file + " is not a JSON object with a field for each profile."));
        } catch (IOException failed) {
            throw unreadable();
        }
    }

    private Target target(String name, JsonNode profile) {
        profile.fieldNames().forEachRemaining(field -> {
            if (!Set.of("url", "token").contains(field)) {
                throw new Unusable(
                        "The profile '" + name + "' in " + file + " has 'url' and 'token', no '" + field + "'.");
            }
        });
        if (!profile.path("url").isTextual()) {
            throw new Unusable("The profile '" + name + "' in " + file + " has no 'url'.");
        }
        return Target.of(
                profile.path("url").asText(),
                Optional.of(profile.path("token")).filter(JsonNode::isTextual).map(JsonNode::asText));
    }

    private Unusable unreadable() {
        return new Unusable(file + " cannot be read.");
    }
}
