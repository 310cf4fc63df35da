package dev.millrace.proving.chaos.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.load.Answer;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Behind all members of a chord its body runs once, and sees each result in its place, whoever is dead: W1, W2, W4. */
final class Chords implements Scenario {

    /** Between the numbers of two chords' jobs; the body's is that of the next chord less one. */
    private static final long APART = 1_000_000;

    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final Duration BEFORE_REPEAT = Duration.ofMillis(500);

    private final List<Chord> chords = new ArrayList<>();
    private int members;

    /** One that was accepted, and when, in milliseconds since 1970. */
    private record Chord(int number, String id, long at) {

        long first() {
            return number * APART;
        }

        long body() {
            return first() + APART - 1;
        }
    }

    @Override
    public String name() {
        return "chords";
    }

    @Override
    public String story() {
        return "20 chords of 10,000 jobs on 3 workers and 2 apis, of which a worker or an api is killed with -9 every"
                + " 5 s";
    }

    @Override
    public Topology topology() {
        return Topology.workers(3).withApis(2);
    }

    @Override
    public Duration untilClean() {
        // What a dead api had read another one records 30 s later, and the marks of those ends go 20 s after that.
        return Duration.ofSeconds(60);
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run(Platform platform, Size size) {
        members = size.jobs(10_000, 200);
        for (int number = 0; number < size.pick(20, 4); number++) {
            chords.add(start(platform, number));
        }
        platform.whileBusy(
                BETWEEN,
                size.pick(60, 3),
                round -> platform.ready(round % 2 == 0 ? platform.workers() : platform.apis(), round / 2)
                        .kill());
        platform.time().until(patience(), () -> chords.stream().allMatch(chord -> hasEnded(platform, chord)));
        note(platform);
    }

    private Chord start(Platform platform, int number) {
        Chord asked = new Chord(number, "", platform.time().now());
        while (true) {
            Optional<Answer> answer =
                    platform.clients().post("/workflows", body(asked), "Idempotency-Key", "chord-" + number);
            if (answer.isPresent() && answer.get().status() == 202) {
                return new Chord(number, answer.get().body().path("id").asText(), asked.at());
            }
            platform.require(
                    answer.map(Answer::status).orElse(503) >= 500, "A workflow was refused: " + answer.orElse(null));
            platform.time().rest(BEFORE_REPEAT);
        }
    }

    private String body(Chord chord) {
        return """
                {"root":{"chain":[
                  {"name":"many","map":{"items":{"range":{"from":%d,"to":%d}},"window":200,
                    "each":{"task":"chaos.work","payload":{"n":{"$ref":"/item"},"ms":20}}}},
                  {"name":"body","task":"chaos.work","payload":{"n":%d,"ms":1}}]},
                 "output":{"$ref":"/steps/many/result"}}""".formatted(chord.first(), chord.first() + members, chord.body());
    }

    private static boolean hasEnded(Platform platform, Chord chord) {
        return read(platform, chord)
                .filter(workflow -> !workflow.path("finishedAt").isNull())
                .isPresent();
    }

    private static Optional<JsonNode> read(Platform platform, Chord chord) {
        return platform.clients()
                .get("/workflows/" + chord.id())
                .filter(answer -> answer.status() == 200)
                .map(Answer::body);
    }

    /** Each job of a chord was asked for with it. */
    private void note(Platform platform) {
        long now = platform.time().now();
        platform.table().rows().orElse(List.of()).forEach(row -> {
            Chord chord = chords.get((int) (row.number() / APART));
            platform.clients().submits().made(row.number(), row.job(), chord.at(), now);
        });
    }

    @Override
    public void judge(Platform platform, History history) {
        platform.figure("chords", chords.size());
        platform.require(
                history.rows().size() == chords.size() * (members + 1),
                "W2: %d jobs of %d chords of %d".formatted(history.rows().size(), chords.size(), members));
        chords.forEach(chord -> judge(platform, chord));
    }

    private void judge(Platform platform, Chord chord) {
        JsonNode workflow = read(platform, chord).orElseThrow();
        platform.require(
                workflow.path("state").asText().equals("SUCCEEDED"),
                "W1: chord %d is %s"
                        .formatted(chord.number(), workflow.path("state").asText()));
        JsonNode results = workflow.path("output");
        boolean inPlace = results.size() == members;
        for (int i = 0; inPlace && i < members; i++) {
            inPlace = results.get(i).path("n").asLong() == chord.first() + i;
        }
        platform.require(
                inPlace, "W4: the body of chord %d saw other results than were made".formatted(chord.number()));
    }
}
