package dev.millrace.ctl.terminal;

/**
 * A column of a table.
 *
 * @param whole whether its cells are never cut, because what they say is copied from there: an id, say
 * @param right whether its cells stand at the right, as numbers do
 */
public record Column(String title, boolean whole, boolean right) {

    /** Of text that may be cut. */
    public static Column text(String title) {
        return new Column(title, false, false);
    }

    /** Of text that may not be cut. */
    public static Column whole(String title) {
        return new Column(title, true, false);
    }

    /** Of numbers, which are not cut. */
    public static Column number(String title) {
        return new Column(title, true, true);
    }
}
