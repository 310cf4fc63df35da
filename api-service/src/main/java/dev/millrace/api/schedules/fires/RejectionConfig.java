package dev.millrace.api.schedules.fires;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When a schedule counts as one whose jobs are refused. */
@ConfigMapping(prefix = "millrace.api.schedules")
interface RejectionConfig {

    /** After so many rejected ticks in a row, at least 1. Fewer tell sooner, and also of a worker that came a little late. */
    @WithDefault("3")
    int rejectedInARow();
}
