/**
 * What people see: lines and tables, cut to the terminal. Whatever comes from elsewhere is cleaned of control characters here, on its
 * way out, so that no verb can forget to.
 */
@NullMarked
package dev.millrace.ctl.terminal;

import org.jspecify.annotations.NullMarked;
