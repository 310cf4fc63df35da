package dev.millrace.api.workflows.record;

import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.GraphReader;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The graphs that workflows run, laid out once and kept in memory, the latest ones up to 64 MiB of their JSON. A graph never changes, so
 * what is kept is never old. May be used by many threads.
 */
@Singleton
public class Specs {

    private static final long MAX_CHARS = 64L << 20;

    private static final String ADD =
            "insert into api.flow_spec (hash, body) select * from unnest($1::bytea[], $2::text[]) on conflict (hash) do nothing";
    private static final String FIND = "select hash, body from api.flow_spec where hash = any($1)";

    private final Map<BodyHash, Kept> known = new LinkedHashMap<>(16, 0.75f, true);
    private long chars;

    private record Kept(Graph graph, int chars) {}

    /** Writes it, if it is not there. */
    public void add(Tx tx, Spec spec) {
        add(tx, List.of(spec));
    }

    /** Writes those that are not there. */
    public void add(Tx tx, Collection<Spec> specs) {
        Map<String, Spec> each = new TreeMap<>();
        specs.forEach(spec -> each.put(spec.hash().toString(), spec));
        if (!each.isEmpty()) {
            Columns<Spec> of = new Columns<>(each.values());
            tx.run(
                    ADD,
                    of.bytes(spec -> Buffer.buffer(spec.hash().bytes())),
                    of.texts(spec -> spec.body().toString()));
        }
    }

    /** The graphs of these hashes, which are all there. */
    public Map<BodyHash, Graph> graphs(Tx tx, Set<BodyHash> hashes) {
        Map<BodyHash, Graph> graphs = new HashMap<>();
        Set<BodyHash> unknown =
                hashes.stream().filter(hash -> !remembered(hash, graphs)).collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            List<Buffer> wanted =
                    unknown.stream().map(hash -> Buffer.buffer(hash.bytes())).toList();
            tx.run(FIND, (Object) wanted.toArray(Buffer[]::new)).forEach(row -> {
                String body = row.getString("body");
                BodyHash hash = BodyHash.of(row.getBuffer("hash").getBytes());
                Graph graph = GraphReader.kept(StoredJson.read(body));
                graphs.put(hash, graph);
                remember(hash, new Kept(graph, body.length()));
            });
        }
        return graphs;
    }

    private synchronized boolean remembered(BodyHash hash, Map<BodyHash, Graph> graphs) {
        Kept kept = known.get(hash);
        if (kept != null) {
            graphs.put(hash, kept.graph());
        }
        return kept != null;
    }

    private synchronized void remember(BodyHash hash, Kept kept) {
        Kept before = known.put(hash, kept);
        chars += kept.chars() - (before == null ? 0 : before.chars());
        while (chars > MAX_CHARS && known.size() > 1) {
            BodyHash eldest = known.keySet().iterator().next();
            Kept gone = known.remove(eldest);
            chars -= gone == null ? 0 : gone.chars();
        }
    }
}
