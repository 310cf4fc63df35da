package dev.millrace.api.catalog.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.job.QueueName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueLoadsTest {

    private static final Map<QueueName, Load> LOADS = Map.of(
            new QueueName("mail.a:b-c_d"), new Load(16, 2, 3), new QueueName("default"), new Load(4, 0, 0, true));

    @Test
    void writesWhatAPersonCanRead() {
        assertThat(QueueLoads.text(LOADS)).isEqualTo("default=4/0/0/shared mail.a:b-c_d=16/2/3");
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(QueueLoads.read(QueueLoads.text(LOADS))).isEqualTo(LOADS);
        assertThat(QueueLoads.read(QueueLoads.text(Map.of()))).isEmpty();
    }
}
