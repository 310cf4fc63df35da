package dev.millrace.schedule.trigger;

import java.time.ZoneId;
import java.util.Set;

/** The time zones that a schedule may name. */
public final class Zones {

    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

    private Zones() {}

    /**
     * The zone that has this name.
     *
     * @throws IllegalArgumentException if it is none of the IANA database
     */
    public static ZoneId named(String name) {
        if (!KNOWN.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no time zone '%s'; give a name of the IANA database, as Europe/Berlin or UTC."
                            .formatted(name.length() > 40 ? name.substring(0, 40) + "…" : name));
        }
        return ZoneId.of(name);
    }

    static void check(ZoneId zone) {
        named(zone.getId());
    }
}
