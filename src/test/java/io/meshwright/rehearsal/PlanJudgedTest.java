package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshwright.plan.PlanEdits;
import io.meshwright.plan.Updates;
import io.meshwright.plan.Updates.Update;
import io.meshwright.plan.object.ObjectChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the table says that an API server refuses, and what plan takes for a default, is asked of a real one. */
@Tag("rehearsal")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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

    private static final Map<String, String> REVISIONS = Map.of(
            "Deployment", "/metadata/annotations/deployment.kubernetes.io~1revision",
            "StatefulSet", "/status/updateRevision",
            "DaemonSet", "/metadata/annotations/deprecated.daemonset.template.generation");

    private static Rehearsal rehearsal;

    @BeforeAll
    static void create() throws Exception {
        rehearsal = Rehearsal.of("plan").start();
        for (JsonNode object : Updates.objects()) {
            apply(object, false);
        }
        for (JsonNode object : Updates.objects()) {
            if (kind(object).equals("PersistentVolumeClaim")) {
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
    @Order(1)
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
    @Order(2)
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

    /**
     * The last, since it keeps what it edits. By the revision of the template that the controllers count, since no pod
     * runs here.
     */
    @Test
    @Order(3)
    void pods_are_made_anew_where_plan_says_so_and_nowhere_else() throws Exception {
        SoftAssertions all = new SoftAssertions();
        List<Update> updates = Updates.all()
                .filter(update -> !update.refused())
                .filter(update -> REVISIONS.containsKey(kind(update.object())))
                .toList();
        for (Update update : updates) {
            apply(update.object(), false);
            String before = revision(update.object());
            apply(update.edited(), false);
            all.assertThat(update.isCalledRestarting())
                    .as(update.toString())
                    .isEqualTo(!revision(update.object()).equals(before));
        }
        all.assertAll();
    }

    /** That of the newest template, when the controller has seen it. */
    private static String revision(JsonNode object) throws Exception {
        Rehearsal.ARRIVING.await("%s to be seen".formatted(PlanEdits.name(object)), () -> {
            JsonNode live = Live.get(rehearsal.client(), object);
            return live.at("/metadata/generation").asLong()
                    == live.at("/status/observedGeneration").asLong();
        });
        return Live.get(rehearsal.client(), object)
                .at(REVISIONS.get(kind(object)))
                .asText();
    }

    private static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    private static Stream<String> given(JsonNode object) {
        return Stream.of("", kind(object)).flatMap(kind -> GIVEN.getOrDefault(kind, List.of()).stream());
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
