package dev.millrace.api.http.root;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Says what this service is and where to read on: a page for browsers, JSON for everybody else. */
@Path("/")
public class RootResource {

    private static final String VERSION = "quarkus.application.version";

    // The first is what is sent to those who accept both alike.
    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_HTML_TYPE)
            .build();

    private final RootDocument document;

    RootResource(Config config) {
        this.document = new RootDocument(config.getValue(VERSION, String.class));
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    public Response read(@Context Request request) {
        MediaType type = request.selectVariant(VARIANTS).getMediaType();
        String text = MediaType.TEXT_HTML_TYPE.isCompatible(type) ? document.html() : document.json();
        return Response.ok(text, type)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }
}
