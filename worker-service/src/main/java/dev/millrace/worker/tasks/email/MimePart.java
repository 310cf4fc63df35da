package dev.millrace.worker.tasks.email;

import static java.util.stream.Collectors.joining;

import io.vertx.ext.mail.mailencoder.Utils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A part of a mail as MIME has it, encoded so that servers pass it on unchanged: ASCII in lines of at most 76
 * characters. The mail library's own writer leaves lines of up to 998 characters and blanks at a line's end as they are,
 * and drops empty lines at the end of a text.
 *
 * @param fields the header fields that say what the part is, folded by CRLF
 * @param body its lines, each ended by LF
 */
record MimePart(Map<String, String> fields, String body) {

    private static final String TYPE = "Content-Type";
    private static final String ENCODING = "Content-Transfer-Encoding";
    private static final String DISPOSITION = "Content-Disposition";
    private static final Pattern LINE_END = Pattern.compile("\r\n?");
    private static final Pattern PARAMETER = Pattern.compile("; ?");
    private static final String END = ".";

    /** A text that arrives as it is, but for its line ends, which become those of mails. */
    static MimePart text(String subtype, String text) {
        String type = "text/%s; charset=utf-8".formatted(subtype);
        return encoded(
                type, "quoted-printable", quotedPrintable(LINE_END.matcher(text).replaceAll("\n")));
    }

    static MimePart file(EmailAttachment file) {
        String type = PARAMETER.matcher(file.type()).replaceAll(";" + HeaderText.FOLD);
        MimePart part = encoded(type, "base64", Utils.base64(file.bytes()) + "\n");
        part.fields.put(DISPOSITION, HeaderText.attachment(file.name()));
        return part;
    }

    /**
     * Several parts as one.
     *
     * @param id what no other part of the mail has; no encoded line can have the boundary that is made of it
     */
    static MimePart several(String subtype, String id, List<MimePart> parts) {
        String boundary = "=_%s_%s".formatted(subtype, id);
        String type = "multipart/%s;%sboundary=\"%s\"".formatted(subtype, HeaderText.FOLD, boundary);
        String body =
                parts.stream().map(part -> "--" + boundary + "\n" + part + "\n").collect(joining());
        return encoded(type, "7bit", body + "--" + boundary + "--\n");
    }

    /** Its fields, an empty line and its body, in lines that end with LF. */
    @Override
    public String toString() {
        String head = fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue() + "\n")
                .collect(joining());
        return head.replace("\r\n", "\n") + "\n" + body;
    }

    private static MimePart encoded(String type, String encoding, String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(TYPE, type);
        fields.put(ENCODING, encoding);
        return new MimePart(fields, body);
    }

    /**
     * Ends with a soft line break, so that the line end before a boundary or behind the mail is none of the text's. The
     * end mark makes room for that break, and is cut off.
     */
    private static String quotedPrintable(String text) {
        String marked = Utils.encodeQP(text + END);
        return marked.substring(0, marked.length() - END.length()) + "=\n";
    }
}
