/** What the record knows of jobs as members of workflows: their results by index, their failures, and which of them live. */
@NullMarked
package dev.millrace.api.record.members;

import org.jspecify.annotations.NullMarked;
