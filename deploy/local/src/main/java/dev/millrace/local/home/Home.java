package dev.millrace.local.home;

import dev.millrace.embedded.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The folder that holds all data and logs of one local installation. */
public record Home(Path folder) {

    /** What a new database, a new Redis and their first logs need. */
    public static final long ROOM_IN_BYTES = 256L << 20;

    private static final int PROBE_BYTES = 1 << 20;

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Makes the folders that are missing and tries whether they can be written.
     *
     * @throws CannotStart if they cannot, or less than {@code neededBytes} are free there
     */
    public void prepare(long neededBytes) {
        try {
            Files.createDirectories(folder);
            Files.createDirectories(logs());
            Files.createDirectories(samples());
            refuseAFullDisk(Files.getFileStore(folder).getUsableSpace(), neededBytes);
            writeProbe();
        } catch (IOException e) {
            throw new CannotStart(
                    "Cannot write to " + folder + " (" + e + "): free some space, or set MILLRACE_HOME to another"
                            + " folder.",
                    e);
        }
    }

    public Path redis() {
        return folder.resolve("redis");
    }

    public Path postgres() {
        return folder.resolve("postgres");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** Where AOT caches are made, with servers of their own. */
    public Home training() {
        return new Home(folder.resolve("training"));
    }

    /** What its launcher, or a killed one, has started and still runs, that of its training too. */
    public List<Ledger.Entry> running() {
        return Stream.of(this, training())
                .flatMap(home -> new Ledger(home).running().stream())
                .toList();
    }

    public Path samples() {
        return folder.resolve("samples");
    }

    /** Replaces a file of this folder whole; only its owner may read it, for it may hold passwords. */
    void replace(String name, byte[] content) throws IOException {
        Path fresh = Files.createTempFile(
                folder,
                name,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, content);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void refuseAFullDisk(long freeBytes, long neededBytes) {
        if (freeBytes < neededBytes) {
            throw new CannotStart("The disk of " + folder + " has " + (freeBytes >> 20) + " MB left, of which "
                    + (neededBytes >> 20) + " are needed: free some space, or set MILLRACE_HOME to another folder.");
        }
    }

    // Free space may be somebody else's by quota or reserve: only a write tells.
    private void writeProbe() throws IOException {
        Path probe = Files.createTempFile(folder, "probe", ".tmp");
        try {
            Files.write(probe, new byte[PROBE_BYTES]);
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
