/**
 * What browsers do by themselves, and what is let in of it: calls that pages of other origins have them make.
 *
 * <p>Whatever a browser adds to a call unasked, a cookie or the password of HTTP basic, changes nothing unless the browser says
 * that the call comes from a page of ours ({@code Sec-Fetch-Site}), or of an origin that is named for it.
 */
@NullMarked
package dev.millrace.api.http.access.browser;

import org.jspecify.annotations.NullMarked;
