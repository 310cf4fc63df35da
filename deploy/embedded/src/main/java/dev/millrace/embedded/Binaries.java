package dev.millrace.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The servers' programs, unpacked from their jars into {@code $XDG_CACHE_HOME/millrace} (default {@code ~/.cache}).
 *
 * <p>A folder is named by the checksum of what it came from and appears whole, by a rename: it is never unpacked twice,
 * never half there, and another version has another folder. Any number of processes may ask at once.
 */
final class Binaries {

    private static final String REDIS = "redis-server-7.0.15-";

    private Binaries() {}

    /** The path of {@code redis-server}. */
    static Path redisServer() {
        String resource = REDIS + system("darwin", "linux") + "-" + architecture("amd64", "arm64");
        return unpacked(resource, Binaries::copyProgram).resolve("redis-server");
    }

    /** The folder that holds PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
    static Path postgres() {
        String resource = "postgres-" + system("darwin", "linux") + "-" + architecture("x86_64", "arm_64") + ".txz";
        return unpacked(resource, Binaries::untar);
    }

    private interface Unpacking {
        void into(Path folder, InputStream packed) throws IOException;
    }

    private static Path unpacked(String resource, Unpacking unpacking) {
        URL url = Binaries.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new CannotStart("No program '" + resource + "' is packed for this machine: use existing servers"
                    + " (REDIS_URL, DATABASE_URL).");
        }
        try {
            Path folder = cache().resolve(resource + "-" + checksum(url));
            if (!Files.isDirectory(folder)) {
                unpack(url, folder, unpacking);
            }
            return folder;
        } catch (IOException e) {
            throw new CannotStart("Could not unpack " + resource + " into " + cache() + ": " + e + ".", e);
        }
    }

    private static void unpack(URL url, Path folder, Unpacking unpacking) throws IOException {
        Files.createDirectories(folder.getParent());
        Path temporary = Files.createTempDirectory(folder.getParent(), "unpacking-");
        try (InputStream packed = new BufferedInputStream(url.openStream())) {
            unpacking.into(temporary, packed);
        }
        try {
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Trees.delete(temporary);
            // Another process may have been faster; what it unpacked is as good.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static void copyProgram(Path folder, InputStream packed) throws IOException {
        Path program = folder.resolve("redis-server");
        Files.copy(packed, program);
        makeExecutable(program);
    }

    private static void untar(Path folder, InputStream packed) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                put(entry, tar, entry.resolveIn(folder));
            }
        }
    }

    private static void put(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & 0100) != 0) {
            makeExecutable(target);
        }
    }

    private static void makeExecutable(Path program) throws IOException {
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    // The jar's own directory holds it: reading 15 MB at each start would cost more than starting the server.
    private static String checksum(URL url) throws IOException {
        if (url.openConnection() instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        return "unpacked";
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path root = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return root.resolve("millrace");
    }

    private static String system(String mac, String linux) {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.contains("mac") ? mac : name.contains("linux") ? linux : name;
    }

    private static String architecture(String intel, String arm) {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> intel;
            case "aarch64", "arm64" -> arm;
            default -> name;
        };
    }
}
