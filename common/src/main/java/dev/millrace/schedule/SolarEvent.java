package dev.millrace.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A height that the sun passes each day, except near the poles. A twilight's dawn is when it begins, its dusk when it
 * ends.
 */
public enum SolarEvent {

    /** The sun's centre comes up to 18° below the horizon. */
    DAWN_ASTRONOMICAL,

    /** 12° below. */
    DAWN_NAUTICAL,

    /** 6° below. */
    DAWN_CIVIL,

    /** The sun's upper edge appears, with the refraction of the air. */
    SUNRISE,

    /** The sun stands highest. */
    NOON,

    SUNSET,
    DUSK_CIVIL,
    DUSK_NAUTICAL,
    DUSK_ASTRONOMICAL;

    /** As JSON and configuration have it: {@code dawn-civil}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code civil dawn}. */
    String spoken() {
        String[] words = label().split("-", -1);
        return words.length == 1 ? words[0] : words[1] + " " + words[0];
    }

    /**
     * The event that has this label.
     *
     * @throws IllegalArgumentException if none has
     */
    public static SolarEvent ofLabel(String label) {
        return Arrays.stream(values())
                .filter(event -> event.label().equals(label))
                .findFirst()
                .orElseThrow(() -> unknown(label));
    }

    private static IllegalArgumentException unknown(String label) {
        String known = Arrays.stream(values()).map(SolarEvent::label).collect(Collectors.joining(", "));
        return new IllegalArgumentException("The event must be one of %s, not '%s'.".formatted(known, label));
    }
}
