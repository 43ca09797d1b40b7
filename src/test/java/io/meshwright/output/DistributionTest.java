package io.meshwright.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {
    private static final OutputFile GATEWAY = Trees.file("mesh/gateway.a.edge.yaml", "kind: Gateway\n");
    private static final OutputFile SERVICE = Trees.file("shop/service.a.web.yaml", "kind: Service\n");

    @TempDir
    Path temporary;

    @Test
    void writes_one_file_per_object_and_an_inventory_with_its_hash_and_construct() throws IOException {
        write(GATEWAY);

        assertThat(homelab().resolve("mesh/gateway.a.edge.yaml")).hasContent("kind: Gateway\n");
        assertThat(homelab().resolve("inventory.json")).hasContent("""
            {
              "apiVersion" : "meshwright.io/v1",
              "kind" : "Inventory",
              "files" : {
                "mesh/gateway.a.edge.yaml" : {
                  "sha256" : "5e0342c05bd18467fe4c6cb66ea75d677c18170839fb750fa6df72430f22cf58",
                  "construct" : "test/mesh/gateway.a.edge.yaml"
                }
              }
            }
            """);
    }

    @Test
    void says_what_was_added_changed_removed_and_left() throws IOException {
        OutputFile gone = Trees.file("shop/service.a.gone.yaml", "kind: Service\n");
        OutputFile added = Trees.file("shop/service.a.added.yaml", "kind: Service\n");
        write(GATEWAY, SERVICE, gone);

        Changes changes = write(GATEWAY, Trees.file("shop/service.a.web.yaml", "changed\n"), added);

        assertThat(changes)
                .isEqualTo(new Changes(
                        List.of(added.path()), List.of(SERVICE.path()), List.of(gone.path()), List.of(GATEWAY.path())));
        assertThat(changes.summary()).isEqualTo("1 added, 1 changed, 1 removed, 1 unchanged");
        assertThat(homelab().resolve("shop/service.a.gone.yaml")).doesNotExist();
    }

    @Test
    void writes_nothing_when_everything_stands_as_it_should() throws IOException {
        write(GATEWAY);
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        for (String file : List.of("mesh/gateway.a.edge.yaml", "inventory.json", "mesh", ".")) {
            Files.setLastModifiedTime(homelab().resolve(file), longAgo);
        }

        assertThat(write(GATEWAY).none()).isTrue();

        for (String file : List.of("mesh/gateway.a.edge.yaml", "inventory.json", "mesh", ".")) {
            assertThat(Files.getLastModifiedTime(homelab().resolve(file)))
                    .as(file)
                    .isEqualTo(longAgo);
        }
    }

    @Test
    void leaves_nothing_but_the_environments_in_dist() throws IOException {
        write(GATEWAY);

        assertThat(Trees.of(dist()).keySet())
                .containsExactly(
                        "/", "homelab/", "homelab/inventory.json", "homelab/mesh/", "homelab/mesh/gateway.a.edge.yaml");
    }

    @Test
    void puts_back_a_file_of_ours_that_was_edited_or_deleted_by_hand() throws IOException {
        write(GATEWAY, SERVICE);
        Files.writeString(homelab().resolve(GATEWAY.path().toString()), "edited\n");
        Files.delete(homelab().resolve(SERVICE.path().toString()));

        Changes changes = write(GATEWAY, SERVICE);

        assertThat(changes.changed()).containsExactly(GATEWAY.path());
        assertThat(changes.added()).containsExactly(SERVICE.path());
        assertThat(homelab().resolve(GATEWAY.path().toString())).hasContent("kind: Gateway\n");
    }

    @Test
    void leaves_a_folder_that_holds_a_foreign_file_and_removes_one_that_became_empty() throws IOException {
        write(GATEWAY, SERVICE);
        Trees.put(homelab().resolve("mesh/theirs.yaml"), "foreign\n");

        write();

        assertThat(Trees.of(homelab()).keySet()).containsExactly("/", "inventory.json", "mesh/", "mesh/theirs.yaml");
    }

    @Test
    void leaves_the_folders_of_other_environments_alone() throws IOException {
        Distribution.at(dist()).write(Trees.environment("azure", GATEWAY));

        write(SERVICE);

        assertThat(dist().resolve("azure/mesh/gateway.a.edge.yaml")).exists();
    }

    @Test
    void refuses_to_write_over_a_foreign_file_before_it_writes_anything() throws IOException {
        Trees.put(homelab().resolve("mesh/gateway.a.edge.yaml"), "foreign\n");
        SortedMap<String, String> before = Trees.of(dist());
        SortedMap<String, List<OutputFile>> both = new TreeMap<>(Trees.environment("homelab", SERVICE, GATEWAY));
        both.putAll(Trees.environment("azure", SERVICE));

        assertRefused(Distribution.at(dist()).write(both))
                .containsExactly(
                        "%s/homelab/mesh/gateway.a.edge.yaml: stands in the way and is not ours, for inventory.json does not list it; "
                                        .formatted(dist())
                                + "move it away");
        assertThat(Trees.of(dist())).isEqualTo(before);
    }

    @Test
    void names_both_constructs_when_two_objects_have_one_path() throws IOException {
        OutputFile twin =
                new OutputFile(ManifestPath.parse("mesh/gateway.a.Edge.yaml"), "kind: Gateway\n", "test/twin");

        assertRefused(Distribution.at(dist()).write(Trees.environment("homelab", GATEWAY, twin)))
                .containsExactly(
                        "homelab/mesh/gateway.a.Edge.yaml: is made by both \"test/mesh/gateway.a.edge.yaml\" and"
                                + " \"test/twin\"; rename one of the two objects");
        assertThat(dist()).doesNotExist();
    }

    @Test
    void follows_no_symbolic_link_out_of_dist() throws IOException {
        write(GATEWAY, SERVICE);
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.move(homelab().resolve("mesh"), outside.resolve("mesh"));
        Files.createSymbolicLink(homelab().resolve("mesh"), outside.resolve("mesh"));

        assertRefused(Distribution.at(dist()).write(Trees.environment("homelab")))
                .containsExactly("%s/homelab/mesh: is not a directory of its own; move it away".formatted(dist()));
        assertThat(outside.resolve("mesh/gateway.a.edge.yaml")).exists();
    }

    @Test
    void replaces_no_symbolic_link_that_took_the_place_of_a_file() throws IOException {
        write(GATEWAY);
        Path place = homelab().resolve(GATEWAY.path().toString());
        Files.delete(place);
        Files.createSymbolicLink(place, temporary.resolve("elsewhere"));

        assertRefused(Distribution.at(dist()).write(Trees.environment("homelab", GATEWAY)))
                .containsExactly("%s: is not a file of its own; move it away".formatted(place));
        assertThat(place).isSymbolicLink();
    }

    @Test
    void removes_nothing_for_an_inventory_that_it_cannot_read() throws IOException {
        Trees.put(temporary.resolve("victim.b.c.yaml"), "outside\n");
        for (String text : List.of(
                "",
                "null",
                "{",
                "<<<<<<< ours",
                "{\"files\": {}}",
                "{\"apiVersion\": \"meshwright.io/v1\", \"kind\": \"Inventory\", \"files\":"
                        + " {\"../../victim.b.c.yaml\": {}}}")) {
            Trees.put(homelab().resolve("inventory.json"), text);

            assertRefused(Distribution.at(dist()).write(Trees.environment("homelab", GATEWAY)))
                    .as(text)
                    .containsExactly(
                            "%s/homelab/inventory.json: is not an inventory that this program wrote; restore it, for example with git checkout"
                                    .formatted(dist()));
        }
        assertThat(temporary.resolve("victim.b.c.yaml")).exists();
    }

    @Test
    void carries_out_no_journal_that_leads_out_of_dist() throws IOException {
        Trees.put(dist().resolve("victim.b.c.yaml"), "outside\n");
        Trees.put(
                homelab().resolve(".meshwright-journal/steps.json"),
                "{\"added\": [], \"changed\": [], \"removed\": [\"../victim.b.c.yaml\"]}");

        assertRefused(Distribution.at(dist()).recover())
                .singleElement()
                .asString()
                .contains("cannot be read as our journal");
        assertThat(dist().resolve("victim.b.c.yaml")).exists();
    }

    @Test
    void refuses_to_write_while_another_run_does_and_writes_when_that_one_has_ended() throws Exception {
        Files.createDirectories(dist());
        try (DistLock other = DistLock.of(dist())) {
            assertRefused(Distribution.at(dist()).write(Trees.environment("homelab", GATEWAY)))
                    .containsExactly(
                            "%s: another run is writing there; wait for it to end and run again".formatted(dist()));
        }

        assertThat(write(GATEWAY).added()).hasSize(1);
    }

    @Test
    void writes_though_a_killed_run_left_its_lock_behind() throws IOException {
        Trees.put(dist().resolve(".meshwright.lock"), "12345 678");

        assertThat(write(GATEWAY).added()).hasSize(1);
        assertThat(dist().resolve(".meshwright.lock")).doesNotExist();
    }

    @Test
    void refuses_an_environment_whose_name_is_no_folder_of_dist() throws IOException {
        assertRefused(Distribution.at(dist()).write(Trees.environment("../homelab", GATEWAY)))
                .containsExactly(
                        "environment: \"../homelab\" is not a folder's name; use lower-case letters, digits and"
                                + " dashes");
    }

    private Changes write(OutputFile... files) throws IOException {
        Outcome outcome = Distribution.at(dist()).write(Trees.environment("homelab", files));
        assertThat(outcome).isInstanceOf(Outcome.Written.class);
        return ((Outcome.Written) outcome).changes().get("homelab");
    }

    private static ListAssert<String> assertRefused(Outcome outcome) {
        return assertThat(outcome)
                .asInstanceOf(type(Outcome.Refused.class))
                .extracting(Outcome.Refused::problems, list(String.class));
    }

    private Path dist() {
        return temporary.resolve("dist");
    }

    private Path homelab() {
        return dist().resolve("homelab");
    }
}
