/**
 * What the probes of every service see of its loops. It asks nobody outside the process, so that an outage of Redis
 * or PostgreSQL restarts nothing. A service produces its {@link dev.millrace.loop.Loops} as a bean.
 */
@NullMarked
package dev.millrace.health;

import org.jspecify.annotations.NullMarked;
