/** What happened, from everybody who saw it: clients, tasks, the events stream, PostgreSQL, Redis. */
@NullMarked
package dev.millrace.proving.chaos.history;

import org.jspecify.annotations.NullMarked;
