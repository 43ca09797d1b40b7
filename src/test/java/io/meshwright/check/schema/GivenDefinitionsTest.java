package io.meshwright.check.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GivenDefinitionsTest {
    private static final String DEFINITION = """
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: ships.example.org}
      spec:
        group: example.org
        names: {kind: Ship, plural: ships}
        scope: Namespaced
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    required: [crew, flag]
                    properties:
                      crew: {type: integer, default: 3, minimum: 1}
                      flag: {type: string}
                      port: {type: string, nullable: true}
                      cargo: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                      boats: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name, side],
                        items: {type: object, properties: {name: {type: string}, side: {type: string, default: left}}}}
                      notes: {type: object, x-kubernetes-preserve-unknown-fields: true}
                      %s: {type: string}
                    x-kubernetes-validations:
                      - {rule: self.crew < 100, message: too many}
                      - {rule: self.crew >= oldSelf.crew, message: fewer}
                      - {rule: "self.crew != 13 || oldSelf.hasValue()", optionalOldSelf: true, message: unlucky}
          - {name: v2, served: true, storage: false, schema: {openAPIV3Schema: {type: object,
              properties: {spec: {type: object, properties: {sails: {type: integer}}}}}}}
          - {name: v0, served: false, storage: false, schema: {openAPIV3Schema: {type: object}}}
      """;

    private static List<String> objections(String definitions, String version, String spec) {
        Manifests manifests = ManifestReader.of(
                        "test.yaml",
                        "%s---\n{apiVersion: example.org/%s, kind: Ship, spec: %s}\n"
                                .formatted(definitions, version, spec))
                .manifests();
        Optional<List<Violation>> violations = new CustomResources(IstioVersion.of("1.26"), manifests)
                .violations(manifests.kind(new Kind("example.org", "Ship")).get(0));
        return violations.orElseThrow().stream()
                .map(violation -> "%s: %s".formatted(violation.pointer(), violation.message()))
                .toList();
    }

    private static List<String> objections(String spec) {
        return objections(DEFINITION.formatted("mast"), "v1", spec);
    }

    @Test
    void a_definition_among_the_manifests_is_the_schema_of_its_resources() {
        assertThat(objections("{flag: red, mast: high, notes: {any: [1]}}")).isEmpty();
        assertThat(objections("{flag: 7, sails: 2}"))
                .containsExactly(
                        "/spec/flag: it is the number 7, and must be a text",
                        "/spec/sails: there is no field \"sails\" here");
        assertThat(objections("{flag: red, crew: 100}")).containsExactly("/spec: too many");
        assertThat(objections("{flag: red, crew: 13}")).containsExactly("/spec: unlucky");
    }

    @Test
    void each_version_has_its_own_schema_and_only_served_ones_are_there() {
        assertThat(objections(DEFINITION.formatted("mast"), "v2", "{sails: 2}")).isEmpty();
        assertThat(objections(DEFINITION.formatted("mast"), "v2", "{flag: red}"))
                .hasSize(1);
        assertThat(objections(DEFINITION.formatted("mast"), "v0", "{flag: red}"))
                .containsExactly("/apiVersion: its definition does not serve v0; it serves v1, v2");
    }

    @Test
    void a_null_is_dropped_defaulted_or_taken_as_the_schema_says() {
        assertThat(objections("{flag: red, crew: null, port: null, mast: null}"))
                .isEmpty();
        assertThat(objections("{flag: null}")).containsExactly("/spec: the field \"flag\" is missing");
        assertThat(objections("{flag: red, cargo: [null]}"))
                .containsExactly("/spec/cargo/0: it is null, and must be a text");
    }

    @Test
    void lists_that_are_sets_or_maps_hold_nothing_twice() {
        assertThat(objections("{flag: red, cargo: [tea, tin], boats: [{name: a}, {name: a, side: right}]}"))
                .isEmpty();
        assertThat(objections("{flag: red, cargo: [tea, tin, tea]}"))
                .containsExactly("/spec/cargo/2: it is in the list before");
        assertThat(objections("{flag: red, boats: [{name: a}, {name: b}, {name: a, side: left}]}"))
                .containsExactly("/spec/boats/2: an item with the same name and side is in the list before");
    }

    @Test
    void of_several_definitions_of_a_kind_one_that_fits_is_enough() {
        String both = DEFINITION.formatted("mast").concat(DEFINITION.formatted("rudder"));

        assertThat(objections(both, "v1", "{flag: red, mast: high}")).isEmpty();
        assertThat(objections(both, "v1", "{flag: red, rudder: low}")).isEmpty();
        assertThat(objections(both, "v1", "{flag: red, keel: deep}")).hasSize(1);
    }

    @Test
    void a_definition_of_others_wins_over_the_one_that_the_program_brings_and_that_of_istio_does_not() {
        String fields = "{spec: {type: object, properties: {more: {type: string}}}}";
        for (String kind : List.of("Rollout argoproj.io v1alpha1", "VirtualService networking.istio.io v1")) {
            String[] words = kind.split(" ");
            Manifests manifests = ManifestReader.of("test.yaml", """
          {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: {group: %2$s, names: {kind: %1$s},
            versions: [{name: %3$s, served: true, schema: {openAPIV3Schema: {type: object, properties: %4$s}}}]}}
          ---
          {apiVersion: %2$s/%3$s, kind: %1$s, spec: {more: a}}
          """.formatted(words[0], words[1], words[2], fields))
                    .manifests();
            CustomResources custom = new CustomResources(IstioVersion.of("1.26"), manifests);

            assertThat(custom.violations(
                                    manifests.kind(new Kind(words[1], words[0])).get(0))
                            .orElseThrow()
                            .isEmpty())
                    .as(kind)
                    .isEqualTo(words[0].equals("Rollout"));
        }
    }
}
