package dev.millrace.worker.tasks.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What a mail program makes of a mail.
 *
 * @param texts subtype and text of each part that is to be read, in order
 * @param files name, and type and base64, of each attachment, in order
 */
record ReceivedMail(List<Map.Entry<String, String>> texts, List<Map.Entry<String, List<String>>> files) {

    static ReceivedMail of(Part mail) throws MessagingException, IOException {
        var received = new ReceivedMail(new ArrayList<>(), new ArrayList<>());
        received.add(mail);
        return received;
    }

    private void add(Part part) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                add(parts.getBodyPart(i));
            }
            return;
        }
        byte[] bytes = part.getInputStream().readAllBytes();
        if (part.getFileName() == null) {
            String subtype = part.isMimeType("text/html") ? "html" : "plain";
            texts.add(Map.entry(subtype, new String(bytes, StandardCharsets.UTF_8)));
        } else {
            String base64 = Base64.getEncoder().encodeToString(bytes);
            files.add(Map.entry(part.getFileName(), List.of(part.getContentType(), base64)));
        }
    }
}
