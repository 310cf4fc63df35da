package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.Trees;
import dev.millrace.local.home.Home;
import dev.millrace.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder that is thrown away afterwards, and every process that was started for it. Closing ends the processes and
 * deletes the folder; after a failure the folder stays, for its logs. May be closed by any thread, more than once.
 */
public final class Workshop implements AutoCloseable {

    private static final long ROOM_IN_BYTES = 2L << 30;

    private final Path checkout;
    private final Home home;
    private final Terminal logs;
    private final Children children;
    private final Time time;
    private volatile boolean failed;

    private Workshop(Path checkout, Home home, Time time) {
        this.checkout = checkout;
        this.home = home;
        this.time = time;
        this.logs = Terminal.unread(home);
        this.children = new Children(home, logs);
    }

    /**
     * Makes the folder, in the system's place for such.
     *
     * @param name that the folder's own begins with
     * @throws CannotStart if it cannot, or less than 2 GB are free there
     */
    public static Workshop open(Path checkout, String name, Time time) {
        try {
            Path folder = Files.createTempDirectory(name);
            // PostgreSQL may run as another user, who must get to its own folder in here.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Home home = new Home(folder);
            home.prepare(ROOM_IN_BYTES);
            return new Workshop(checkout, home, time);
        } catch (IOException e) {
            throw new CannotStart(
                    "Cannot make a folder '" + name + "' in the place for temporary files: " + e + ".", e);
        }
    }

    public Path checkout() {
        return checkout;
    }

    public Home home() {
        return home;
    }

    public Terminal logs() {
        return logs;
    }

    /** By which its processes are waited for. */
    public Time time() {
        return time;
    }

    public Children children() {
        return children;
    }

    /** A new folder in it. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(home.folder().resolve(name));
        } catch (IOException e) {
            throw new CannotStart("Cannot make the folder " + name + ": " + e + ".", e);
        }
    }

    /** Keeps the folder, and returns where the logs lie. */
    public Path keepForItsLogs() {
        failed = true;
        return home.logs();
    }

    @Override
    public void close() {
        children.close();
        if (!failed) {
            delete(home.folder());
        }
    }

    private static void delete(Path folder) {
        try {
            Trees.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
