package io.meshwright.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BroughtDefinitionsTest {
    @Test
    void knows_a_kind_in_the_version_that_it_brings_and_in_no_other() {
        assertThat(BroughtDefinitions.schema("external-secrets.io/v1", "ExternalSecret"))
                .isPresent();
        assertThat(BroughtDefinitions.schema("external-secrets.io/v1beta1", "ExternalSecret"))
                .isEmpty();
    }

    @Test
    void knows_nothing_of_other_kinds_and_groups_and_of_kubernetes_own() {
        assertThat(BroughtDefinitions.schema("external-secrets.io/v1", "PushSecret"))
                .isEmpty();
        assertThat(BroughtDefinitions.schema("example.com/v1", "ExternalSecret"))
                .isEmpty();
        assertThat(BroughtDefinitions.schema("v1", "Service")).isEmpty();
        assertThat(BroughtDefinitions.schema("apps/v1", "Deployment")).isEmpty();
    }
}
