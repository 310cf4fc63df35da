package dev.millrace.ctl.terminal;

import java.util.ArrayList;
import java.util.List;

/** One thing, a line for each of its properties: names at the left, values of one or more lines at the right. */
public final class Details {

    private static final String GAP = "  ";

    private record Property(String name, String value) {}

    private final List<Property> properties = new ArrayList<>();

    /** Adds a property, unless its value is empty. */
    public Details add(String name, String value) {
        if (!value.isEmpty()) {
            properties.add(new Property(name, Plain.lines(value)));
        }
        return this;
    }

    /** As text. */
    public String text() {
        int width = properties.stream()
                .mapToInt(one -> Plain.width(one.name()))
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Property one : properties) {
            String indented = one.value().stripTrailing().replace("\n", "\n" + " ".repeat(width) + GAP);
            text.append(one.name())
                    .append(" ".repeat(width - Plain.width(one.name())))
                    .append(GAP)
                    .append(indented)
                    .append('\n');
        }
        return text.toString();
    }
}
