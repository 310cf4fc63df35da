/**
 * How this service's statements reach PostgreSQL: by which of the two pools, and with which knowledge of its tables. Nothing
 * here is kept by this process.
 */
@NullMarked
package dev.millrace.api.base.database;

import org.jspecify.annotations.NullMarked;
