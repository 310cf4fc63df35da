package dev.millrace.worker.tasks.monitor;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code monitor.disk}.
 *
 * @param path an absolute path on the disk that is meant, on the worker's machine; the worker's working directory if missing.
 *     Nothing need be there, and nothing there is opened
 * @param minFreePercent the job fails if less of the disk is free, 0 to 100
 * @param minFreeBytes the job fails if fewer bytes are free, 0 or more
 */
@RegisterForReflection
public record DiskCheck(
        @Nullable @Size(max = LONGEST_PATH) String path,
        @Nullable @Min(0) @Max(ALL) Double minFreePercent,
        @Nullable @Min(0) Long minFreeBytes) {

    private static final int LONGEST_PATH = 1_024;
    private static final int ALL = 100;

    public DiskCheck {
        requirePath(path);
        if (minFreePercent != null && !(minFreePercent >= 0 && minFreePercent <= ALL)) {
            throw new IllegalArgumentException(
                    "minFreePercent is %s: it must be from 0 to 100.".formatted(minFreePercent));
        }
        if (minFreeBytes != null && minFreeBytes < 0) {
            throw new IllegalArgumentException("minFreeBytes is %d: it must be 0 or more.".formatted(minFreeBytes));
        }
    }

    Path place() {
        return Path.of(path == null ? "" : path).toAbsolutePath().normalize();
    }

    /** What is wrong with so much room, if anything. */
    Optional<String> complaint(DiskRoom room) {
        if (minFreePercent != null && room.freePercent() < minFreePercent) {
            return Optional.of("%s has %s %% free, less than the %s %% that are to be."
                    .formatted(room.path(), room.freePercent(), minFreePercent));
        }
        if (minFreeBytes != null && room.freeBytes() < minFreeBytes) {
            return Optional.of("%s has %,d bytes free, less than the %,d that are to be."
                    .formatted(room.path(), room.freeBytes(), minFreeBytes));
        }
        return Optional.empty();
    }

    private static void requirePath(@Nullable String path) {
        if (path != null && (path.length() > LONGEST_PATH || !isAbsolute(path))) {
            throw new IllegalArgumentException(
                    "path has %d characters and is no absolute path of at most %d: give one such as /var/lib."
                            .formatted(path.length(), LONGEST_PATH));
        }
    }

    private static boolean isAbsolute(String path) {
        try {
            return Path.of(path).isAbsolute();
        } catch (InvalidPathException impossible) {
            return false;
        }
    }
}
