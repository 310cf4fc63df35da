package dev.millrace.local.aot;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.millrace.local.run.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The caches of a checkout's services for one JDK. */
public final class AotCaches {

    private static final String LATEST_OPTION_NEEDED = "AOTCacheOutput";

    private final Path checkout;
    private final String jdk;

    /** @param jdk tells it from every other, and from the same one after an update */
    AotCaches(Path checkout, String jdk) {
        this.checkout = checkout;
        this.jdk = jdk;
    }

    /** For the JDK that runs this, which is the one that services are run by. */
    public static AotCaches ofThisJdk(Path checkout) {
        return new AotCaches(
                checkout,
                String.join(
                        " ",
                        System.getProperty("java.home"),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.vm.version")));
    }

    /** Whether the JDK that runs this has such caches and makes profiles part of them: HotSpot from 25 on. */
    public static boolean supported() {
        try {
            HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return hotSpot != null
                    && !hotSpot.getVMOption(LATEST_OPTION_NEEDED).getName().isEmpty();
        } catch (IllegalArgumentException unknownOption) {
            return false;
        }
    }

    /**
     * The one of a service, made or not, as the service is built at this moment.
     *
     * @throws UncheckedIOException if the service's files cannot be read
     */
    public AotCache of(Role role) {
        List<String> words = new ArrayList<>(role.jvmOptions());
        words.add(jdk);
        try {
            String name = Fingerprint.of(words, role.application(checkout)) + ".aot";
            return new AotCache(role.target(checkout).resolve("aot").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to tell the JVM of a service that starts now; nothing if there is no cache for it. */
    public List<String> optionsOf(Role role) {
        try {
            return of(role).options();
        } catch (UncheckedIOException e) {
            // A build is just replacing the files. The service says for itself what it lacks.
            return List.of();
        }
    }

    /** Those services whose cache is still to be made. */
    List<Role> wanted() {
        return List.of(Role.values()).stream().filter(role -> of(role).wanted()).toList();
    }
}
