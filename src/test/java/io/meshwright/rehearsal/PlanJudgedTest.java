package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshwright.plan.PlanEdits;
import io.meshwright.plan.Updates;
import io.meshwright.plan.object.ObjectChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the table says that an API server refuses, and what plan takes for a default, is asked of a real one. */
@Tag("rehearsal")
class PlanJudgedTest {
    /** What a cluster gives to each object of its own, so that no manifest can have it. */
    private static final Map<String, List<String>> GIVEN = Map.of(
            "",
            List.of("metadata.finalizers"),
            "DaemonSet",
            List.of("metadata.annotations"),
            "Deployment",
            List.of("metadata.annotations"),
            "EndpointSlice",
            List.of("metadata.labels"),
            "Job",
            List.of("metadata.labels", "spec.selector", "spec.template.metadata"),
            "Namespace",
            List.of("metadata.labels", "spec"),
            "PersistentVolume",
            List.of("metadata.annotations", "spec.claimRef"),
            "PersistentVolumeClaim",
            List.of("metadata.annotations"),
            "Pod",
            List.of(
                    "spec.containers[alone].volumeMounts",
                    "spec.containers[bounded].volumeMounts",
                    "spec.initContainers[first].volumeMounts",
                    "spec.nodeName",
                    "spec.preemptionPolicy",
                    "spec.priority",
                    "spec.serviceAccount",
                    "spec.tolerations",
                    "spec.volumes"),
            "Service",
            List.of(
                    "spec.clusterIP",
                    "spec.healthCheckNodePort",
                    "spec.ipFamilies",
                    "spec.ipFamilyPolicy",
                    "spec.ports[http].nodePort"));

    private static Rehearsal rehearsal;

    @BeforeAll
    static void create() throws Exception {
        rehearsal = Rehearsal.of("plan").start();
        for (JsonNode object : Updates.objects()) {
            apply(object, false);
        }
        for (JsonNode object : Updates.objects()) {
            if (object.path("kind").asText().equals("PersistentVolumeClaim")) {
                awaitBound(object);
            }
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (rehearsal != null) {
            rehearsal.close();
        }
    }

    @Test
    void the_table_says_what_the_api_server_refuses() {
        SoftAssertions all = new SoftAssertions();
        Updates.all().forEach(update -> {
            Optional<String> refusal = refusal(update.edited());
            all.assertThat(update.refused())
                    .as("%s: the API server says %s", update, refusal.orElse("yes"))
                    .isEqualTo(refusal.isPresent());
        });
        all.assertAll();
    }

    @Test
    void what_the_api_server_adds_is_no_change() {
        SoftAssertions all = new SoftAssertions();
        for (JsonNode object : Updates.objects()) {
            JsonNode live = Live.get(rehearsal.client(), object);
            List<String> fields = Updates.plan(object, live).objects().stream()
                    .filter(ObjectChange.Changed.class::isInstance)
                    .flatMap(change -> ((ObjectChange.Changed) change).fields().stream())
                    .map(field -> "%s: %s".formatted(field.field(), field.after()))
                    .filter(field -> given(object).noneMatch(field::startsWith))
                    .toList();
            all.assertThat(fields).as(PlanEdits.name(object)).isEmpty();
        }
        all.assertAll();
    }

    private static Stream<String> given(JsonNode object) {
        return Stream.of("", object.path("kind").asText())
                .flatMap(kind -> GIVEN.getOrDefault(kind, List.of()).stream());
    }

    /** A claim may grow only when it has its volume. */
    private static void awaitBound(JsonNode claim) throws Exception {
        Rehearsal.ARRIVING.await(
                "%s to be bound".formatted(PlanEdits.name(claim)),
                () -> Live.get(rehearsal.client(), claim)
                        .at("/status/phase")
                        .asText()
                        .equals("Bound"));
    }

    /** What the API server says against it; nothing is kept. */
    private static Optional<String> refusal(JsonNode edited) {
        try {
            apply(edited, true);
            return Optional.empty();
        } catch (KubernetesClientException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    private static void apply(JsonNode object, boolean dry) {
        rehearsal
                .client()
                .resource(object.toString())
                .dryRun(dry)
                .fieldManager("plan")
                .forceConflicts()
                .serverSideApply();
    }
}
