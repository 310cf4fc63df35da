package dev.millrace.api.workflows.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a pattern such as {@code Report for {/input/month}}: text that stands for itself, or the pointer between two braces. Two
 * opening braces in a row are one that stands for itself.
 */
record TextPart(String text, boolean isPlace) {

    static List<TextPart> of(String pattern) {
        List<TextPart> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char here = pattern.charAt(at);
            int end = here == '{' ? pattern.indexOf('}', at) : -1;
            if (here == '{' && at + 1 < pattern.length() && pattern.charAt(at + 1) == '{') {
                plain.append('{');
                at += 2;
            } else if (end > at) {
                parts.add(new TextPart(plain.toString(), false));
                plain.setLength(0);
                parts.add(new TextPart(pattern.substring(at + 1, end), true));
                at = end + 1;
            } else {
                plain.append(here);
                at++;
            }
        }
        parts.add(new TextPart(plain.toString(), false));
        return parts;
    }
}
