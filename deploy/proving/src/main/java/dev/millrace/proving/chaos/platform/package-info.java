/** Redis, PostgreSQL and the services of one scenario, as processes that can be killed. */
@NullMarked
package dev.millrace.proving.chaos.platform;

import org.jspecify.annotations.NullMarked;
