package dev.millrace.local.home;

import dev.millrace.embedded.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/** One launcher at a time on a home. The system drops the lock with the process, however that ends. */
public final class HomeLock implements AutoCloseable {

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws CannotStart if another launcher holds it
     */
    public static HomeLock take(Home home) {
        Path file = home.folder().resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String holder = Files.readString(file);
                channel.close();
                throw new CannotStart("Another ./millrace up (process " + holder + ") runs on " + home.folder()
                        + ": stop it, or set MILLRACE_HOME to another folder.");
            }
            writeHolder(channel);
            return new HomeLock(channel);
        } catch (IOException e) {
            throw new CannotStart("Cannot lock " + file + ": " + e + ".", e);
        }
    }

    /** The process id of the launcher that holds it; empty if none does. */
    public static OptionalLong holder(Home home) {
        Path file = home.folder().resolve("lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return locked(channel) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(Files.readString(file)));
        } catch (NoSuchFileException | NumberFormatException e) {
            // Nobody ever was here, or somebody comes this moment.
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void writeHolder(FileChannel channel) throws IOException {
        channel.truncate(0);
        String holder = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)));
    }
}
