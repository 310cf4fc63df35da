/** How this service refuses settings that make no sense. */
@NullMarked
package dev.millrace.api.base.config;

import org.jspecify.annotations.NullMarked;
