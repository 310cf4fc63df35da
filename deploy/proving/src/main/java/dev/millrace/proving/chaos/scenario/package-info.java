/** The stories: what is submitted, what breaks meanwhile, and what must hold beyond what always must. */
@NullMarked
package dev.millrace.proving.chaos.scenario;

import org.jspecify.annotations.NullMarked;
