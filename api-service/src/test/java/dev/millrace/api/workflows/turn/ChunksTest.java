package dev.millrace.api.workflows.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Maps of which a job takes several items. */
class ChunksTest {

    private static final String LIST =
            "{'input':[%s],'root':{'chain':[{'name':'m','tolerate':'all','map':{'items':{'$ref':'/input'},'chunk':2,'window':2,"
                    + "'each':{'task':'x','payload':[{'$ref':'/item'},{'$ref':'/index'}]}}},{'name':'end','task':'y'}]}}";

    private static Played listOf(String items) {
        Played played = Played.of(LIST.formatted(items));
        played.turn();
        return played;
    }

    private static JsonNode made(String values) {
        return Played.json("{'$chunk':" + values + "}");
    }

    @Test
    void C18_aJobTakesSeveralItemsAndTheirResultsAreListedByTheirIndex() {
        Played played = listOf("'a','b','c','d','e'");
        assertThat(played.payloads())
                .containsExactly("{\"$chunk\":[[\"a\",0],[\"b\",1]]}", "{\"$chunk\":[[\"c\",2],[\"d\",3]]}");

        played.end("m", 1, made("['C','D']"));
        played.turn();
        assertThat(played.payloads().getLast()).isEqualTo("{\"$chunk\":[[\"e\",4]]}");
        played.end("m", 2, made("['E']"));
        played.end("m", 0, made("['A','B']"));
        played.turn();

        assertThat(played.payloads().getLast()).isEqualTo("[\"A\",\"B\",\"C\",\"D\",\"E\"]");
        assertThat(played.state("m")).isEqualTo("SUCCEEDED");
    }

    /** The last of them has an item less. */
    @Test
    void X4_aChunkThatFailsLeavesTheOthersWhereTheyAre() {
        Played played = listOf("1,2,3");
        played.end("m", 0, made("['A','B']"));
        played.end("m", 1, null);
        played.turn();

        assertThat(played.payloads().getLast()).isEqualTo("[\"A\",\"B\",null]");
        assertThat(played.state("m")).isEqualTo("PARTIAL");
        assertThat(played.flow.nodes().get(1).counters().size()).isEqualTo(2);
    }

    @Test
    void W17_chunksOfNothingAreNone() {
        assertThat(listOf("").payloads()).containsExactly("[]");
    }

    @Test
    void whatIsNoListOfResultsIsNone() {
        Played played = listOf("1,2,3");
        played.end("m", 0, Played.json("'A'"));
        played.end("m", 1, made("[]"));
        played.turn();

        assertThat(played.payloads().getLast()).isEqualTo("[null,null,null]");
    }

    @Test
    void aChunkCannotBeMadeIfItCannotBeForOneOfItsItems() {
        Played played =
                Played.of("{'root':{'name':'m','tolerate':'all','map':{'items':[{'v':1},{'w':2},{'v':3}],'chunk':2,"
                        + "'each':{'task':'x','payload':{'$ref':'/item/v'}}}}}");

        played.turn();

        assertThat(played.payloads()).containsExactly("{\"$chunk\":[3]}");
        assertThat(played.flow.nodes().getFirst().counters().failed()).isEqualTo(1);
    }

    @Test
    void aChunkHasNoMorePayloadThanAnyJob() {
        String item = "'" + "x".repeat(100_000) + "'";
        Played played = listOf(String.join(",", item, item, item));
        assertThat(played.made).hasSize(2);

        Played wider =
                Played.of(LIST.formatted(String.join(",", item, item, item)).replace("'chunk':2", "'chunk':3"));
        wider.turn();

        assertThat(wider.flow.nodes().get(1).counters().failed()).isEqualTo(1);
        assertThat(wider.state("m")).isEqualTo("PARTIAL");
    }

    /** Three pages of one, none and three items, in chunks of two. */
    @Test
    void C18_chunksGoAcrossPages() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'m','map':{'items':{'pages':{'task':'page','payload':{'$ref':'/cursor',"
                        + "'default':0}}},'chunk':2,'each':{'task':'x','payload':{'$ref':'/item'}}}},{'name':'end','task':'y'}]}}");
        played.turn();
        played.end("m", -1, Played.json("{'items':['a'],'next':1}"));
        played.turn();
        assertThat(played.payloads()).containsExactly("0", "1");
        played.end("m", -2, Played.json("{'items':[],'next':2}"));
        played.turn();
        played.end("m", -3, Played.json("{'items':['b','c','d'],'next':3}"));
        played.turn();
        assertThat(played.payloads().subList(3, 6))
                .containsExactly("{\"$chunk\":[\"a\",\"b\"]}", "{\"$chunk\":[\"c\",\"d\"]}", "3");
        played.end("m", -4, Played.json("{'items':['e']}"));
        played.turn();
        assertThat(played.payloads().getLast()).isEqualTo("{\"$chunk\":[\"e\"]}");

        played.end("m", 2, made("['E']"));
        played.end("m", 1, made("['C','D']"));
        played.end("m", 0, made("['A','B']"));
        played.turn();

        assertThat(played.payloads().getLast()).isEqualTo("[\"A\",\"B\",\"C\",\"D\",\"E\"]");
    }

    /** What a turn may make is counted in items, so that the others' turns come as soon as without chunks. */
    @Test
    void W22_aTurnMakesNoMoreOfChunksThanOfItems() {
        Played played = Played.of(
                "{'root':{'map':{'items':{'range':{'from':0,'to':1000000}},'chunk':1000,'each':{'task':'x','payload':{'$ref':'/item'}}}}}");

        assertThat(played.turn(500)).isTrue();

        assertThat(played.made).hasSize(1);
        assertThat(played.flow.nodes().getFirst().counters().size()).isEqualTo(1_000);
    }
}
