/**
 * Workflows that are declared in code. {@link dev.millrace.worker.flows.WorkflowExtension} finds {@code @Workflow} methods while the application
 * is built, and fails the build for a wrong one; they are called once, at the start, and {@link dev.millrace.worker.flows.DeclaredFlows} has what
 * they returned.
 */
@NullMarked
package dev.millrace.worker.flows;

import org.jspecify.annotations.NullMarked;
