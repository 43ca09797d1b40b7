package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.rehearsal.process.Ports;
import io.meshwright.rehearsal.process.RunLock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** One Application of dist, synced by a real Argo CD; all of them are delivered by {@code mvn verify -Prehearsal}. */
class SmokeTest {
    @Test
    void one_application_is_delivered_and_nothing_is_left_running() throws Exception {
        try (Rehearsal rehearsal = start()) {
            rehearsal.apply("namespaces");
            rehearsal.settle(List.of("namespaces"));

            JsonNode namespace =
                    Dist.read(Dist.committed("egov").folder().resolve("namespaces/namespace.egov-app.yaml"));
            assertThat(Live.differences(rehearsal.client(), namespace)).isEmpty();
            // On a busy machine Argo CD may compare before it has seen what its sync made, and sync once more.
            assertThat(rehearsal.applications().syncs("namespaces")).isBetween(1L, 2L);
            assertThat(rehearsal.watchFor(Duration.ofSeconds(10))).isEmpty();
        }
        Ports.awaitFree();
    }

    /** Who rehearses at the same time can verify nevertheless: the other run shows more than this one. */
    private static Rehearsal start() throws Exception {
        try {
            return Rehearsal.of("smoke").argoCd(Dist.committed("egov")).start();
        } catch (RunLock.Taken taken) {
            return Assumptions.abort(taken.getMessage());
        }
    }
}
