/**
 * Which of the equal instances of this service this process is.
 *
 * <p>Instances share the work of groups under their names, and each has a group of its own for what all must see. Redis
 * remembers the names, so that what a dead instance held can be taken over.
 */
@NullMarked
package dev.millrace.api.base.instance;

import org.jspecify.annotations.NullMarked;
