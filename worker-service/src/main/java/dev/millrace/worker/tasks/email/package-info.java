/**
 * {@code email.send}: one mail, over SMTP by quarkus-mailer's client, or into a folder on a developer's machine.
 *
 * <p>Worth another try: {@link dev.millrace.worker.tasks.email.EmailFailed} (4xx replies such as greylisting, the
 * network, time). Not worth one: {@link dev.millrace.worker.tasks.email.EmailRefused} (5xx replies, rules,
 * configuration). All recipients are accepted or nothing is sent, so another try reaches nobody twice, unless the
 * connection is cut after the mail was handed over: then {@code Message-ID}, the same in every run of a job, identifies it.
 */
@NullMarked
package dev.millrace.worker.tasks.email;

import org.jspecify.annotations.NullMarked;
