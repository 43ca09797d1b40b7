package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.plan.Plan;
import io.meshwright.plan.PlanEdits;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.change.Section;
import io.meshwright.plan.side.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is committed arrives in the cluster, and what is taken back goes again; one cluster for each environment. */
@Tag("rehearsal")
@ParameterizedClass
@ValueSource(strings = {"azure", "egov", "homelab"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangesTest {
    private static Rehearsal rehearsal;

    @Parameter
    String environment;

    @BeforeParameterizedClassInvocation
    static void deliver(String environment) throws Exception {
        rehearsal = Rehearsal.of("changes-%s".formatted(environment))
                .nodes(StandIns.of(environment))
                .argoCd(Dist.committed(environment))
                .start();
        rehearsal.apply(environment);
        rehearsal.settle();
    }

    @AfterParameterizedClassInvocation
    static void end() throws Exception {
        if (rehearsal != null) {
            rehearsal.close();
            rehearsal = null;
        }
    }

    /** In rounds of one object of every stack, so that nothing is synced for the sake of another change. */
    @Test
    @Order(1)
    void every_kind_of_change_arrives_in_every_stack() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (List<Change> round : rounds()) {
            Side before = side();
            List<JsonNode> changed = round.stream().map(Change::write).toList();
            assertThat(refused(before)).as("%s, by plan", round).isEmpty();
            rehearsal.delivery().commit("Change %s".formatted(round));
            for (int each = 0; each < changed.size(); each++) {
                JsonNode manifest = changed.get(each);
                all.assertThatCode(() -> rehearsal.arrive(manifest))
                        .as(round.get(each).toString())
                        .doesNotThrowAnyException();
            }
        }
        all.assertAll();
    }

    @Test
    @Order(2)
    void a_chart_s_value_arrives_in_what_the_chart_renders() throws Exception {
        Path file = rehearsal.delivery().file("argocd/application.argocd.istiod.yaml");
        // Charts from 1.25 on read the values of istiod at the top.
        boolean older = Dist.read(file).at("/spec/source/helm/valuesObject").has("pilot");
        JsonNode application = new Change(
                        file,
                        "/spec/source/helm/valuesObject%s/resources/requests/cpu".formatted(older ? "/pilot" : ""),
                        TextNode.valueOf("132m"))
                .write();
        rehearsal.delivery().commit("Give istiod more");

        JsonNode istiod = Dist.YAML.readTree("""
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: istiod, namespace: istio-system},
         spec: {template: {spec: {containers: [{resources: {requests: {cpu: 132m}}}]}}}}""");
        rehearsal.arrive(application);
        rehearsal.arrive(istiod);
    }

    @Test
    @Order(3)
    void another_version_of_a_chart_is_installed() throws Exception {
        Path file = rehearsal.delivery().file("argocd/application.argocd.istio-cni.yaml");
        new Change(file, "/spec/source/targetRevision", TextNode.valueOf("99.0.0")).write();
        rehearsal.delivery().commit("Take another version of a chart");

        Rehearsal.ARRIVING.await(
                "istio-cni of the other version",
                () -> rehearsal
                        .applications()
                        .get("istio-cni")
                        .at("/status/sync/revision")
                        .asText()
                        .equals("99.0.0"),
                rehearsal.applications()::describe);
        rehearsal.settle(List.of("istio-cni"));
    }

    @Test
    @Order(4)
    void a_revert_brings_the_former_state_back() throws Exception {
        Change change = Change.of(rehearsal.delivery().file("services")).stream()
                .filter(each -> each.at().contains("timeout") || each.at().contains("image"))
                .findFirst()
                .orElseThrow();
        JsonNode before = Dist.read(change.file());
        JsonNode after = new Change(
                        change.file(),
                        change.at(),
                        TextNode.valueOf(change.at().contains("timeout") ? "8s" : "docker.io/rehearsed/image:2.0.0"))
                .write();
        rehearsal.delivery().commit("Change what will be taken back");
        rehearsal.arrive(after);

        rehearsal.delivery().git().revert();

        rehearsal.arrive(before);
    }

    @Test
    @Order(5)
    void what_is_removed_from_git_is_pruned() throws Exception {
        Path file = first("services", "networkpolicy.");
        JsonNode manifest = Dist.read(file);
        Side before = side();
        Files.delete(file);
        assertThat(said(before, manifest)).containsExactly(ChangeRule.OBJECT_PRUNED);
        rehearsal.delivery().commit("Remove an object");

        Rehearsal.ARRIVING.await(
                "%s to be pruned".formatted(file.getFileName()),
                () -> Live.get(rehearsal.client(), manifest).isMissingNode(),
                rehearsal.applications()::describe);
        rehearsal.delivery().git().revert();
        rehearsal.arrive(manifest);
    }

    @Test
    @Order(6)
    void a_removed_namespace_waits_for_a_person_who_may_take_it_back() throws Exception {
        Path file = first("namespaces", "namespace.");
        JsonNode manifest = Dist.read(file);
        Side before = side();
        Files.delete(file);
        assertThat(said(before, manifest)).containsExactly(ChangeRule.REMOVAL_HELD);
        rehearsal.delivery().commit("Remove a namespace");

        Rehearsal.ARRIVING.await(
                "Argo CD to ask",
                () -> rehearsal
                        .applications()
                        .get("namespaces")
                        .toString()
                        .contains("aiting for pruning confirmation"), // of either case, by Argo CD's release
                rehearsal.applications()::describe);
        assertThat(Live.get(rehearsal.client(), manifest).at("/status/phase").asText())
                .isEqualTo("Active");

        rehearsal.delivery().git().revert();
        // The sync that waits is bound to its commit, and would still delete the namespace if somebody confirmed it
        // now.
        rehearsal.applications().terminate("namespaces");
        JsonNode next = new Change(file, "/metadata/labels/kept", TextNode.valueOf("yes")).write();
        rehearsal.delivery().commit("Keep the namespace");
        rehearsal.arrive(next);
        rehearsal.settle();
    }

    @Test
    @Order(7)
    void a_refused_object_is_mended_by_the_next_commit() throws Exception {
        Path file = first("services", "service.");
        JsonNode good = Dist.read(file);
        new Change(file, "/spec/ports/0/port", Dist.YAML.readTree("70000")).write();
        rehearsal.delivery().commit("Break a Service");
        Rehearsal.ARRIVING.await(
                "the API server to refuse it",
                () -> rehearsal.applications().get("services").toString().contains("must be between 1 and 65535"),
                rehearsal.applications()::describe);

        Files.writeString(file, Dist.YAML.writeValueAsString(good));
        JsonNode mended = new Change(file, "/spec/ports/0/targetPort", Dist.YAML.readTree("7778")).write();
        rehearsal.delivery().commit("Mend the Service");

        rehearsal.arrive(mended);
        rehearsal.settle();
    }

    @Test
    @Order(8)
    void a_change_by_hand_is_undone() throws Exception {
        for (String stack : List.of("gateway", "mesh", "services")) {
            Change change = Change.of(rehearsal.delivery().file(stack)).get(0);
            JsonNode manifest = Dist.read(change.file());

            Live.patch(rehearsal.client(), manifest, change.at(), change.to());

            rehearsal.arrive(manifest);
        }
    }

    @Test
    @Order(9)
    void a_change_by_hand_beside_an_ignored_field_is_undone() throws Exception {
        List<Neighbour> neighbours = Neighbour.of(rehearsal.delivery().dist(), rehearsal.applications());
        Set<JsonNode> untouched = new LinkedHashSet<>();
        neighbours.forEach(neighbour -> untouched.add(neighbour.object()));
        for (Neighbour neighbour : neighbours) {
            JsonNode before = Live.get(rehearsal.client(), neighbour.object()).at(neighbour.at());
            if (before.isMissingNode()) {
                continue; // Argo CD compares no field that Git does not write
            }
            untouched.remove(neighbour.object());
            assertThat(before).as(neighbour.toString()).isNotEqualTo(neighbour.to());

            Live.patch(rehearsal.client(), neighbour.object(), neighbour.at(), neighbour.to());

            Rehearsal.ARRIVING.await(
                    "%s to be %s again".formatted(neighbour, before),
                    () -> Live.get(rehearsal.client(), neighbour.object())
                            .at(neighbour.at())
                            .equals(before),
                    rehearsal.applications()::describe);
        }
        assertThat(untouched).as("objects that have a field of no row").isEmpty();
    }

    private static List<List<Change>> rounds() throws IOException {
        List<List<Change>> rounds = new ArrayList<>();
        try (Stream<Path> stacks = Files.list(rehearsal.delivery().dist().folder())) {
            for (Path stack : stacks.filter(Files::isDirectory)
                    .filter(each -> !each.endsWith("bootstrap"))
                    .sorted()
                    .toList()) {
                List<Change> changes = Change.of(stack);
                for (int round = 0; round < changes.size(); round++) {
                    if (rounds.size() <= round) {
                        rounds.add(new ArrayList<>());
                    }
                    rounds.get(round).add(changes.get(round));
                }
            }
        }
        return rounds;
    }

    /** The environment as it lies in the repository now. */
    private static Side side() throws IOException {
        Path folder = rehearsal.delivery().dist().folder();
        return Side.of(folder.toString(), new ManifestReader().path(folder).read(), Optional.empty());
    }

    /** What a plan says that the API server will not take. */
    private static List<String> refused(Side before) throws IOException {
        return Plan.between("", before, side(), List.of()).changes().stream()
                .filter(change -> change.rule() == ChangeRule.FIELD_REFUSED)
                .map(Object::toString)
                .toList();
    }

    /** What a plan says that the cluster does about a removed object. */
    private static List<ChangeRule> said(Side before, JsonNode removed) throws IOException {
        return Plan.between("", before, side(), List.of()).of(Section.DELIVERY).stream()
                .filter(change -> change.subject().equals(PlanEdits.name(removed)))
                .map(io.meshwright.plan.change.Change::rule)
                .toList();
    }

    private static Path first(String stack, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(rehearsal.delivery().file(stack))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
