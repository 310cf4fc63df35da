/**
 * What users see of a platform, whatever its services are made of: it is asked over HTTP alone, its tasks talk to real
 * servers, its processes are killed. The same tests run on JVMs and, by {@code ./millrace native --test}, on native
 * executables.
 */
@NullMarked
package dev.millrace.proving.blackbox;

import org.jspecify.annotations.NullMarked;
