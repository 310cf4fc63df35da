package dev.millrace.api.http.problem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The catalogue: what each {@code type} of a problem means. */
@Path("/problems")
@Produces(MediaType.APPLICATION_JSON)
public class ProblemPages {

    @GET
    public String all() {
        ArrayNode types = JsonNodeFactory.instance.arrayNode();
        for (ProblemType type : ProblemType.values()) {
            types.add(page(type));
        }
        return types.toPrettyString();
    }

    @GET
    @Path("/{name}")
    public String one(@PathParam("name") String name) {
        return ProblemType.named(name)
                .map(type -> page(type).toPrettyString())
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "There is no problem type of this name; GET /problems lists them.")
                        .exception());
    }

    private static ObjectNode page(ProblemType type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status())
                .put("description", type.description())
                .put("cure", type.cure());
    }
}
