package io.meshwright.rehearsal;

import java.time.Duration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An environment that is bootstrapped as the README says comes to rest, and its pods come again when they are lost. */
@Tag("rehearsal")
class SettlesTest {

  @ParameterizedTest
  @ValueSource(strings = {"azure", "egov", "homelab"})
  void comes_to_rest_and_stays_there(String environment) throws Exception {
    try (Rehearsal rehearsal = Rehearsal.of("settles-%s".formatted(environment)).nodes(StandIns.of(environment))
        .argoCd(Dist.committed(environment)).start()) {
      rehearsal.apply(environment);
      SoftAssertions all = new SoftAssertions();
      all.assertThatCode(() -> System.out.printf("%s: settled after %d s%n", environment, rehearsal.settle()))
          .as("settled").doesNotThrowAnyException();
      all.assertThat(rehearsal.applications().syncs(environment)).as("syncs of the root").isBetween(1L, 2L);
      all.assertThat(rehearsal.watchFor(Duration.ofMinutes(2))).as("syncs without a cause").isEmpty();
      Pods pods = new Pods(rehearsal.client());
      all.assertThat(pods.missing()).as("pods that are missing").isEmpty();
      pods.deleteAll();
      all.assertThatCode(() -> Rehearsal.ARRIVING.await("every pod to be there again",
          () -> pods.missing().isEmpty(), () -> String.join("\n", pods.missing()))).doesNotThrowAnyException();
      all.assertThat(pods.refused()).as("pods that were refused").isEmpty();
      all.assertAll();
    }
  }
}
