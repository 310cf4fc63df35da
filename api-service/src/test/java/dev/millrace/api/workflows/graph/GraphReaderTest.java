package dev.millrace.api.workflows.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.json.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphReaderTest {

    private static JsonNode json(String text) {
        return StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Graph graph(String root) {
        return GraphReader.read(json("{'root':" + root + "}")).orThrow();
    }

    private static Problem refusal(String body) {
        return GraphReader.read(json(body)).refusal().orElseThrow();
    }

    @Test
    void numbersNodesInTheOrderOfWriting() {
        Graph graph = graph(
                "{'chain':[{'name':'a','task':'x','payload':{}},{'group':[{'task':'y'},{'name':'c','task':'z'}]},{'task':'w'}]}");

        assertThat(graph.nodes())
                .extracting(Node::name)
                .containsExactly("root", "a", "group-2", "task-3", "c", "task-5");
        assertThat(graph.node(5).after()).containsExactly(new Edge(2, Edge.On.SUCCESS));
        assertThat(graph.before(graph.node(4))).map(Node::name).contains("a");
    }

    @Test
    void readsTheEdgesOfAGraphInWhicheverOrderItIsWritten() {
        Graph graph = graph(
                "{'graph':{'last':{'after':['first',{'node':'other','on':'any'}],'task':'x','payload':{}},"
                        + "'first':{'task':'x','payload':{}},'other':{'after':[{'node':'first','on':'failure'}],'task':'x','payload':{}}}}");

        assertThat(graph.named("last").orElseThrow().after())
                .containsExactly(new Edge(2, Edge.On.SUCCESS), new Edge(3, Edge.On.ANY));
        assertThat(graph.last(graph.root())).extracting(Node::name).containsExactly("last");
    }

    /** Each alone, and where it is told. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'root':{'name':'a'}} | /root
            {'root':{'task':'x','map':{},'payload':{}}} | /root
            {'root':{'chain':[]}} | /root/chain
            {'root':{'graph':{}}} | /root/graph
            {'root':{'task':'x'}} | /root
            {'root':{'group':[{'name':'a','task':'x','payload':{}},{'name':'a','task':'x','payload':{}}]}} | /root/group/1
            {'root':{'graph':{'a':{'task':'x','payload':{},'after':['b']}}}} | /root/graph/a/after/0
            {'root':{'graph':{'a':{'task':'x','payload':{},'after':['a']}}}} | /root/graph
            {'root':{'graph':{'a':{'task':'x','payload':{},'after':['b']},'b':{'task':'x','payload':{},'after':['a']}}}} | /root/graph
            {'root':{'graph':{'a b':{'task':'x','payload':{}}}}} | /root/graph/a b
            {'root':{'task':'x','payload':{'a':{'$ref':'input'}}}} | /root/payload/a/$ref
            {'root':{'task':'x','payload':{'a':{'$ref':'/nothing'}}}} | /root/payload/a/$ref
            {'root':{'task':'x','payload':{'$other':1}}} | /root/payload/$other
            {'root':{'task':'x','payload':{'$text':'to {/steps/b/state}'}}} | /root/payload/$text
            {'root':{'task':'x','payload':{'$ref':'/item'}}} | /root/payload/$ref
            {'root':{'task':'x','payload':{'$ref':'/workflow/tenant'}}} | /root/payload/$ref
            {'root':{'group':[{'name':'a','task':'x','payload':{}},{'task':'x','payload':{'$ref':'/steps/a/result'}}]}} | /root/group/1/payload/$ref
            {'root':{'chain':[{'name':'a','task':'x','payload':{},'ignoreResult':true},{'task':'x'}]}} | /root/chain/1
            {'root':{'chain':[{'name':'a','task':'x','payload':{}},{'task':'x','payload':{'$ref':'/steps/a/made'}}]}} | /root/chain/1/payload/$ref
            {'root':{'map':{'items':{'range':{'from':3,'to':1}},'each':{'task':'x','payload':1}}}} | /root/map/items/range
            {'root':{'map':{'items':7,'each':{'task':'x','payload':1}}}} | /root/map/items
            {'root':{'map':{'items':[1],'each':{'task':'x'}}}} | /root/map/each
            {'root':{'wait':{}}} | /root/wait
            {'root':{'signal':'go','onTimeout':'continue'}} | /root/onTimeout
            {'root':{'when':{'ref':'/input/a'},'task':'x','payload':{}}} | /root/when
            {'root':{'when':{'ref':'/input/a','above':'b'},'task':'x','payload':{}}} | /root/when/above
            {'root':{'task':'x','payload':{}},'output':{'$ref':'/prev'}} | /output/$ref
            {'root':{'task':'x','payload':{}},'on':{'failure':{'task':'x'}}} | /on/failure
            {'output':1} | /root
            {'root':{'workflow':7}} | /root/workflow
            {'root':{'map':{'items':{'pages':7},'each':{'task':'x','payload':1}}}} | /root/map/items/pages
            {'root':{'map':{'items':{'pages':{'task':'x','payload':1},'range':{}},'each':{'task':'x','payload':1}}}} | /root/map/items/range
            {'root':{'map':{'items':{'pages':{'task':'x','payload':{'$ref':'/item'}}},'each':{'task':'x','payload':1}}}} | /root/map/items/pages/payload/$ref
            {'root':{'map':{'items':{'pages':{'task':'x','payload':1}},'each':{'task':'x','payload':{'$ref':'/cursor'}}}}} | /root/map/each/payload/$ref
            {'root':{'task':'x','payload':1,'compensate':{}}} | /root/compensate
            {'root':{'task':'x','payload':1,'compensate':{'task':'y'}}} | /root/compensate
            {'root':{'task':'x','payload':1,'compensate':{'task':'y','payload':{'$ref':'/steps/a/result'}}}} | /root/compensate/payload/$ref
            {'root':{'workflow':'a b'}} | /root/workflow
            {'root':{'workflow':{'output':1}}} | /root/workflow/root
            {'root':{'workflow':{'root':{'task':'x','payload':{'$ref':'/steps/a/result'}}}}} | /root/workflow/root/payload/$ref
            {'root':{'workflow':{'root':{'task':'x','payload':1},'on':{'failure':{'task':'x'}}}}} | /root/workflow/on/failure
            {'root':{'workflow':'a','input':{'$ref':'/nowhere'}}} | /root/input/$ref
            {'root':{'map':{'items':[1],'each':{'chain':[{'task':'x'}]}}}} | /root/map/each/chain/0
            {'root':{'map':{'items':[1],'each':{'chain':[{'task':'x','payload':{'$ref':'/steps/no/result'}}]}}}} | /root/map/each/chain/0/payload/$ref
            {'root':{'group':[{'name':'a','task':'x','payload':1},{'map':{'items':[1],'each':{'group':[{'task':'x','payload':{'$ref':'/steps/a/result'}}]}}}]}} | /root/group/1/map/each/group/0/payload/$ref
            """)
    void refusesAGraphThatCouldNotRun(String body, String pointer) {
        Problem problem = refusal(body);

        assertThat(problem.type()).isEqualTo(ProblemType.GRAPH_INVALID);
        assertThat(problem.errors()).extracting(Violation::pointer).containsExactly(pointer);
    }

    /** Whether it is referred to by name, as the step before, or by a step that takes what came before as it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'task':'y','payload':{'$ref':'/steps/a/result'}} | /root/chain/1/payload/$ref
            {'task':'y','payload':{'$ref':'/prev/x'}} | /root/chain/1/payload/$ref
            {'task':'y'} | /root/chain/1
            """)
    void C15_refusesToReferToAResultThatIsNotKept(String second, String pointer) {
        Problem problem =
                refusal("{'root':{'chain':[{'name':'a','task':'x','payload':1,'ignoreResult':true}," + second + "]}}");

        assertThat(problem.type()).isEqualTo(ProblemType.GRAPH_INVALID);
        assertThat(problem.errors()).extracting(Violation::pointer).containsExactly(pointer);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        Problem problem = refusal(
                "{'root':{'chain':[{'task':'x','payload':{'$ref':'/prev'}},{'group':[{}]},{'name':'a','task':'x',"
                        + "'payload':[{'$ref':'/steps/b/result'},{'$ref':'/steps/a/result'}]}]}}");

        assertThat(problem.errors())
                .extracting(Violation::pointer)
                .containsExactly(
                        "/root/chain/1/group/0",
                        "/root/chain/0/payload/$ref",
                        "/root/chain/2/payload/0/$ref",
                        "/root/chain/2/payload/1/$ref");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'root':{'workflow':'a','retry':{'maxAttempts':0}}} | INVALID | /root/retry/maxAttempts
            {'root':{'workflow':'a','retry':{'backoff':{'bass':'PT1S'}}}} | UNKNOWN_FIELD | /root/retry/backoff/bass
            {'root':{'workflow':'a','retry':3}} | INVALID | /root/retry
            {'root':{'group':[],'retry':{}}} | UNKNOWN_FIELD | /root/retry
            {'root':{'workflow':{'root':{'task':'x','payload':1},'id':'a'}}} | UNKNOWN_FIELD | /root/workflow/id
            {'root':{'map':{'items':[1],'each':{'workflow':'a','when':{'ref':'/item','is':1}}}}} | UNKNOWN_FIELD | /root/map/each/when
            {'root':{'map':{'items':[1],'chunk':1001,'each':{'task':'x','payload':1}}}} | INVALID | /root/map/chunk
            {'root':{'map':{'items':[1],'chunk':5,'each':{'workflow':'a'}}}} | GRAPH_INVALID | /root/map/chunk
            {'root':{'map':{'items':{'range':{'from':0,'to':100001}},'each':{'task':'x','payload':1}}}} | GRAPH_INVALID | /root/map/items/range
            {'root':{'map':{'items':{'range':{'from':0,'to':200001}},'chunk':2,'each':{'task':'x','payload':1}}}} | GRAPH_INVALID | /root/map/items/range
            {'root':{'map':{'items':{'range':{'from':0,'to':1000001}},'chunk':1000,'each':{'task':'x','payload':1}}}} | GRAPH_INVALID | /root/map/items/range
            {'root':{'task':'x','payload':1,'unique':{}}} | NOT_AVAILABLE | /root/unique
            {'root':{'task':'x','payload':1,'runAt':'2026-01-01T00:00:00Z'}} | UNKNOWN_FIELD | /root/runAt
            {'root':{'task':'x','payload':1,'tolerate':'all'}} | UNKNOWN_FIELD | /root/tolerate
            {'root':{'task':'x','payload':1,'after':[]}} | UNKNOWN_FIELD | /root/after
            {'root':{'group':[],'tolerate':{'percent':101}}} | INVALID | /root/tolerate
            {'root':{'task':'x','payload':1,'onFailure':'ignore'}} | INVALID | /root/onFailure
            {'root':{'map':{'items':[1],'window':0,'each':{'task':'x','payload':1}}}} | INVALID | /root/map/window
            {'root':{'signal':'go','timeout':'P366D'}} | INVALID | /root/timeout
            {'root':{'task':'x','payload':1},'on':{'never':{'task':'x','payload':1}}} | UNKNOWN_FIELD | /on/never
            """)
    void neverIgnoresWhatItCannotHonour(String body, ProblemType type, String pointer) {
        Problem problem = refusal(body);

        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.errors()).extracting(Violation::pointer).containsExactly(pointer);
    }

    /** Inside a scope that has settled everything has. */
    @Test
    void letsStepsReferToWhatIsInsideAScopeThatCameBefore() {
        Checked<Graph> graph = GraphReader.read(
                json("{'root':{'chain':[{'group':[{'chain':[{'name':'deep','task':'x','payload':{}}]}]},"
                        + "{'group':[{'task':'x','payload':{'$ref':'/steps/deep/result/a'}}]}]}}"));

        assertThat(graph.refusal()).isEmpty();
    }

    @Test
    void refusesMoreThanItCanHold() {
        String step = "{'task':'x','payload':1}";
        String many = "{'root':{'group':[" + String.join(",", Collections.nCopies(GraphReader.MAX_NODES, step)) + "]}}";

        assertThat(refusal(many).type()).isEqualTo(ProblemType.GRAPH_INVALID);
    }

    @Test
    void makesOfTemplatesWhatTheyName() throws MissingReference {
        JsonNode input = json("{'a':{'b':[1,{'c':'x'}]},'n':2.50}");
        Document document = place -> place.first().equals("input") ? place.in(input, 1) : null;

        JsonNode made = Template.evaluate(
                json("{'whole':{'$ref':'/input/a/b'},'text':{'$text':'{{n}=c {/input/a/b/1/c} {/input/n}'},"
                        + "'plain':{'$literal':{'$ref':1}},'there':{'$ref':'/gone','default':[]}}"),
                document);

        assertThat(made).isEqualTo(json("{'whole':[1,{'c':'x'}],'text':'{n}=c x 2.50','plain':{'$ref':1},'there':[]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'ref':'/input/n','is':2.5} | true
            {'ref':'/input/n','is':2} | false
            {'ref':'/input/n','in':[1,2.50]} | true
            {'ref':'/input/n','above':2} | true
            {'ref':'/input/n','below':2} | false
            {'ref':'/input/gone','exists':false} | true
            {'not':{'ref':'/input/gone','is':null}} | true
            {'all':[{'ref':'/input/n','exists':true},{'ref':'/input/t','is':'x'}]} | true
            {'any':[{'ref':'/input/n','is':3},{'ref':'/input/t','is':'y'}]} | false
            """)
    void comparesWhatAConditionNames(String condition, boolean holds) {
        JsonNode input = json("{'n':2.50,'t':'x'}");

        assertThat(Condition.holds(json(condition), place -> place.in(input, 1)))
                .isEqualTo(holds);
    }

    @Test
    void knowsWhichTemplatesAreTheSameForEveryDocument() {
        assertThat(List.of("[1,{'a':{'$literal':{'$ref':1}}}]", "{}", "null"))
                .allMatch(text -> Template.isFixed(json(text)));
        assertThat(List.of("[{'$ref':'/input'}]", "{'a':{'$text':'{/input/a}'}}"))
                .noneMatch(text -> Template.isFixed(json(text)));
    }

    private static Graph inside(Graph graph, int node) {
        return Objects.requireNonNull(
                ((Step.Child) Objects.requireNonNull(graph.node(node).step().body())).graph());
    }

    /** What the body of a map takes from outside is known by its places, through as many maps as there are. */
    @Test
    void knowsWhatTheBodyOfAMapNeedsOfTheGraphAroundIt() {
        Graph graph = graph("{'chain':[{'name':'a','task':'x','payload':1},{'map':{'items':[1],'each':{'chain':["
                + "{'name':'b','task':'x','payload':{'a':{'$ref':'/steps/a/result/n'},'i':{'$ref':'/item'}}},"
                + "{'map':{'items':{'$ref':'/prev'},'each':{'group':[{'task':'x','payload':[{'$ref':'/item'},{'$ref':'/input/k'},"
                + "{'$ref':'/steps/b/result'},{'$ref':'/workflow/id'}]}]}}}]}}}]}");

        Graph outer = inside(graph, 2);
        Graph inner = inside(outer, 2);

        assertThat(outer.borrowed())
                .extracting(borrowed -> borrowed.place().toString())
                .containsExactly("/steps/a/result/n", "/item", "/input/k");
        assertThat(inner.borrowed())
                .extracting(borrowed -> borrowed.place().toString())
                .containsExactly("/item", "/input/k", "/steps/b/result");
        assertThat(graph.tasks()).hasSize(3);
    }

    @Test
    void refusesMoreWorkflowsInEachOtherThanItCanHold() {
        String step = "{'task':'x','payload':1}";
        for (int i = 0; i <= GraphReader.MAX_ABOVE; i++) {
            step = "{'workflow':{'root':" + step + "}}";
        }

        assertThat(refusal("{'root':" + step + "}").errors())
                .extracting(Violation::detail)
                .containsExactly("Workflows stand at most 8 deep in others.");
    }
}
