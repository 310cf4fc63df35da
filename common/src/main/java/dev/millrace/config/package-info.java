/** What the services' configuration has in common: which {@code millrace.*} keys there are at all. */
@NullMarked
package dev.millrace.config;

import org.jspecify.annotations.NullMarked;
