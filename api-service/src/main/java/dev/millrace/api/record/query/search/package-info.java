/**
 * What people type to find jobs: words, each of which restricts a list by what it looks like. Their grammar, and the conditions that
 * PostgreSQL understands.
 */
@NullMarked
package dev.millrace.api.record.query.search;

import org.jspecify.annotations.NullMarked;
