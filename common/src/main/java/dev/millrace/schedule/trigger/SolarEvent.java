package dev.millrace.schedule.trigger;

import dev.millrace.names.Labelled;

/**
 * A height that the sun passes each day, except near the poles. A twilight's dawn is when it begins, its dusk when it
 * ends.
 */
public enum SolarEvent implements Labelled {

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
        return Labelled.of(values(), "event", label);
    }
}
