package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters to which an earlier dist was delivered take today's, without a person and without loss. */
@Tag("rehearsal")
class UpgradeTest {
    /** The last one before dist was rehearsed: it is on clusters, and never comes to rest there. */
    private static final String INSTALLED = "0ac5721";

    private static final List<String> ASKS_A_PERSON = List.of("pruning confirmation", "deletion confirmation");
    private static final List<String> REFUSES = List.of(
            "is immutable", "updates to statefulset spec", "is invalid", "may not be changed", "can not be less than");

    @ParameterizedTest
    @ValueSource(strings = {"azure", "egov", "homelab"})
    void takes_today_s_dist(String environment, @TempDir Path temporary) throws Exception {
        Dist installed = Dist.of(INSTALLED, environment, temporary);
        try (Rehearsal rehearsal = Rehearsal.of("upgrade-%s".formatted(environment))
                .nodes(StandIns.of(environment))
                .argoCd(installed)
                .start()) {
            rehearsal.apply(environment);
            rehearsal.deliver();
            Map<String, String> stay = identities(rehearsal.client(), installed, Dist.committed(environment));
            List<String> said = rehearsal.applications().messages();
            assertThat(stay).hasSizeGreaterThan(100);

            rehearsal.delivery().replace(Dist.committed(environment));
            SoftAssertions all = new SoftAssertions();
            all.assertThatCode(rehearsal::settle).doesNotThrowAnyException();

            List<String> news = rehearsal.applications().messages().stream()
                    .filter(each -> !said.contains(each))
                    .toList();
            all.assertThat(news)
                    .as("asked of a person")
                    .noneMatch(each -> ASKS_A_PERSON.stream().anyMatch(each::contains));
            all.assertThat(news)
                    .as("refused")
                    .noneMatch(each -> REFUSES.stream().anyMatch(each::contains));
            all.assertThat(identities(rehearsal.client(), installed, Dist.committed(environment)))
                    .as("objects and volumes that stay")
                    .containsAllEntriesOf(stay);
            all.assertThat(rehearsal
                            .client()
                            .persistentVolumeClaims()
                            .inAnyNamespace()
                            .list()
                            .getItems())
                    .as("volumes")
                    .allMatch(claim -> claim.getStatus().getPhase().equals("Bound"));
            all.assertAll();
        }
    }

    /** The UID of what both have, and of every namespace, volume and definition: a new UID is a new object. */
    private static Map<String, String> identities(KubernetesClient client, Dist before, Dist after) throws IOException {
        Map<String, String> identities = new TreeMap<>();
        try (Stream<Path> files = Files.walk(before.folder())) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                if (Files.exists(after.folder().resolve(before.folder().relativize(file)))
                        && !file.toString().contains("bootstrap")) {
                    JsonNode live = Live.get(client, Dist.read(file));
                    identities.put(
                            before.folder().relativize(file).toString(),
                            live.at("/metadata/uid").asText("none"));
                }
            }
        }
        Stream.of(
                        client.namespaces().list().getItems(),
                        client.persistentVolumeClaims().inAnyNamespace().list().getItems(),
                        client.persistentVolumes().list().getItems(),
                        client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .list()
                                .getItems())
                .flatMap(List::stream)
                .forEach(each -> identities.put(name(each), each.getMetadata().getUid()));
        return identities;
    }

    private static String name(HasMetadata object) {
        return "%s %s/%s"
                .formatted(
                        object.getKind(),
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName());
    }
}
