package dev.millrace.scheduler.timers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a scheduler looks after what waits. The defaults suit any load; they are here for those who must trade. */
@ConfigMapping(prefix = "millrace.scheduler.timers")
public interface TimersConfig {

    /** Jobs that one call to Redis moves, 1 to 250. Fewer let other calls in between sooner. */
    @WithDefault("250")
    int batch();

    /**
     * The longest time between two looks for what is due. Each scheduler wakes by itself for what it knows of; this is for
     * what a scheduler that died right after holding it knew alone.
     */
    @WithDefault("PT0.5S")
    Duration look();

    /** What a scheduler was given and did not hold for so long is taken over by another one; more than {@link #look}. */
    @WithDefault("PT30S")
    Duration takeOver();
}
