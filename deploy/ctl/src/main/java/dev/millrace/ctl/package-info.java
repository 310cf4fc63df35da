/**
 * The command line for operators: {@code ./millrace ctl}.
 *
 * <p>{@link dev.millrace.ctl.Ctl} reads the command line and runs one {@link dev.millrace.ctl.verb.Verb}, which asks the api over REST
 * and server-sent events and nothing else. What a verb shows is for people, or with {@code --json} the answers as they came; how it
 * went is its {@link dev.millrace.ctl.verb.Exit}.
 */
@NullMarked
package dev.millrace.ctl;

import org.jspecify.annotations.NullMarked;
