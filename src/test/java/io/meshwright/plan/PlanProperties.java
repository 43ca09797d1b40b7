package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.NormalForm;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectId;
import io.meshwright.plan.side.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is true of the plan of any two sides. */
class PlanProperties {
    private static final List<ObjectNode> BASE = PlanEdits.base();
    private static final NormalForm NORMAL = new NormalForm(new CustomResources(Mesh.DEFAULT_VERSION));

    @Property(tries = 20)
    void sides_that_say_the_same_have_an_empty_plan_whatever_their_order_and_files(@ForAll Random random) {
        List<ObjectNode> other = new ArrayList<>(BASE);
        Collections.shuffle(other, random);
        ManifestReader reader = new ManifestReader();
        for (int file = 0; file < 3; file++) {
            int number = file;
            String text = other.stream()
                    .filter(object -> other.indexOf(object) % 3 == number)
                    .map(ObjectNode::toString)
                    .collect(Collectors.joining("\n---\n"));
            reader.text("elsewhere/%d.yaml".formatted(file), text);
        }
        Side after = Side.of("elsewhere/", reader.read(), Optional.empty());

        Plan plan = Plan.between("", PlanEdits.side(BASE), after, List.of());

        assertThat(plan.isEmpty()).as("%s", plan.changes()).isTrue();
    }

    @Property(tries = 40, generation = GenerationMode.RANDOMIZED)
    void the_way_back_mirrors_the_way_there(@ForAll("edits") List<JsonNode> edits) {
        Side before = PlanEdits.side(BASE);
        Side after = PlanEdits.side(applied(edits));

        Plan there = Plan.between("", before, after, List.of());
        Plan back = Plan.between("", after, before, List.of());

        assertThat(back.objects().stream().map(PlanProperties::mirrored).sorted())
                .containsExactlyElementsOf(there.objects().stream()
                        .map(PlanProperties::told)
                        .sorted()
                        .toList());
        assertThat(back.requests().equal()).isEqualTo(there.requests().equal());
    }

    @Property(tries = 40, generation = GenerationMode.RANDOMIZED)
    void what_is_changed_leads_from_one_side_to_the_other(@ForAll("edits") List<JsonNode> edits) {
        List<ObjectNode> changed = applied(edits);
        Side before = PlanEdits.side(BASE);
        Side after = PlanEdits.side(changed);
        Map<ObjectId, JsonNode> objects = forms(before);

        for (ObjectChange change : Plan.between("", before, after, List.of()).objects()) {
            if (change instanceof ObjectChange.Added added) {
                objects.put(added.id(), NORMAL.of(added.after()));
            } else if (change instanceof ObjectChange.Removed removed) {
                objects.remove(removed.id());
            } else if (change instanceof ObjectChange.Renamed renamed) {
                objects.remove(renamed.from());
                objects.put(renamed.id(), NORMAL.of(renamed.after()));
            } else if (change instanceof ObjectChange.Changed fields) {
                fields.fields().forEach(field -> apply(objects.get(fields.id()), field));
            }
        }

        assertThat(objects).isEqualTo(forms(after));
    }

    @Provide
    Arbitrary<List<JsonNode>> edits() {
        List<JsonNode> all = new ArrayList<>();
        PlanEdits.examples().forEach(example -> {
            if (!example.has("before")) {
                all.add(example.path("edit"));
            }
        });
        return Arbitraries.of(all).list().ofMinSize(1).ofMaxSize(4).uniqueElements();
    }

    /** Edits of different examples may take away what another wants to change: those count as not made. */
    private static List<ObjectNode> applied(List<JsonNode> edits) {
        List<ObjectNode> objects = BASE;
        for (JsonNode edit : edits) {
            try {
                objects = PlanEdits.edited(objects, edit);
            } catch (RuntimeException conflict) {
                assertThat(edits).hasSizeGreaterThan(1);
            }
        }
        return objects;
    }

    private static Map<ObjectId, JsonNode> forms(Side side) {
        Map<ObjectId, JsonNode> forms = new TreeMap<>();
        for (Manifest manifest : side.manifests().all()) {
            forms.put(ObjectId.of(manifest), NORMAL.of(manifest));
        }
        return forms;
    }

    private static String told(ObjectChange change) {
        return told(change, false);
    }

    private static String mirrored(ObjectChange change) {
        return told(change, true);
    }

    private static String told(ObjectChange change, boolean mirrored) {
        if (change instanceof ObjectChange.Added added) {
            return "%s %s".formatted(mirrored ? "removed" : "added", added.id());
        } else if (change instanceof ObjectChange.Removed removed) {
            return "%s %s".formatted(mirrored ? "added" : "removed", removed.id());
        } else if (change instanceof ObjectChange.Changed changed) {
            return changed.fields().stream()
                    .map(field -> "%s %s → %s"
                            .formatted(
                                    field.field(),
                                    mirrored ? field.after() : field.before(),
                                    mirrored ? field.before() : field.after()))
                    .sorted()
                    .collect(Collectors.joining(" ", "changed %s ".formatted(changed.id()), ""));
        }
        return change instanceof ObjectChange.Moved ? "moved %s".formatted(change.id()) : "renamed";
    }

    private static void apply(JsonNode root, FieldChange field) {
        JsonNode parent = root;
        List<String> path = field.path();
        for (String key : path.subList(0, path.size() - 1)) {
            parent = child(parent, key);
        }
        String key = path.get(path.size() - 1);
        if (parent instanceof ArrayNode list) {
            int index = position(list, key);
            if (field.after().isMissingNode()) {
                list.remove(index);
            } else if (index < 0 || index == list.size()) {
                list.add(field.after());
            } else {
                list.set(index, field.after());
            }
        } else if (field.after().isMissingNode()) {
            ((ObjectNode) parent).remove(key);
        } else {
            ((ObjectNode) parent).set(key, field.after());
        }
    }

    private static JsonNode child(JsonNode parent, String key) {
        return parent instanceof ArrayNode list ? list.get(position(list, key)) : parent.get(key);
    }

    private static int position(ArrayNode list, String key) {
        String bare = key.substring(1, key.length() - 1);
        for (int index = 0; index < list.size(); index++) {
            if (list.get(index).path("name").asText("").equals(bare)) {
                return index;
            }
        }
        return bare.matches("[0-9]+") ? Integer.parseInt(bare) : -1;
    }
}
