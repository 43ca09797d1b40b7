package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of one service, of which one word in the environment file says who serves everybody. */
@Tag("rehearsal")
class BlueGreenTest {
    private static final String BEFORE = "    scale: {replicas: 2}\n    allowFrom: [gateway]\n";
    private static final String RELEASE = BEFORE + """
      release:
        type: blueGreen
        versions: [{name: blue}, {name: green, image: "docker.io/egovframe/egov-hello:2.0.0"}]
        active: %s
      """.indent(4);
    private static final String HOST = "services/virtualservice.egov-app.egov-hello.yaml";

    @Test
    void all_traffic_moves_in_one_sync_and_back(@TempDir Path temporary) throws Exception {
        Dist blue = active("blue", temporary);
        Dist green = active("green", temporary);
        try (Rehearsal rehearsal = Rehearsal.of("blue-green")
                .nodes(StandIns.of("egov"))
                .argoCd(blue)
                .start()) {
            rehearsal.apply("egov");
            rehearsal.settle();
            assertThat(subsets(rehearsal)).containsOnly("blue");
            List<Applications.Operation> before = rehearsal.applications().operations();

            rehearsal.delivery().replace(green);
            rehearsal.arrive(Dist.read(green.folder().resolve(HOST)));
            rehearsal.settle();
            assertThat(subsets(rehearsal)).containsOnly("green");
            assertThat(rehearsal.applications().operations())
                    .filteredOn(each -> !before.contains(each))
                    .extracting(Applications.Operation::application)
                    .containsExactly("services");

            rehearsal.delivery().git().revert();
            rehearsal.arrive(Dist.read(blue.folder().resolve(HOST)));
            assertThat(subsets(rehearsal)).containsOnly("blue");
        }
    }

    private static Dist active(String version, Path temporary) throws Exception {
        String file = Dist.file("egov");
        assertThat(file).contains(BEFORE);
        return Dist.synthesized(
                "egov",
                file.replace(BEFORE, RELEASE.formatted(version)),
                Files.createDirectories(temporary.resolve(version)));
    }

    private static List<String> subsets(Rehearsal rehearsal) {
        JsonNode host =
                Live.get(rehearsal.client(), Dist.read(rehearsal.delivery().file(HOST)));
        return host.at("/spec/http").findValuesAsText("subset");
    }
}
