package io.meshwright.plan.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.manifest.Kind;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesDefaultsTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        NetworkPolicy | {podSelector: {}}                                  | {podSelector: {}, policyTypes: [Ingress]}
        NetworkPolicy | {podSelector: {}, policyTypes: []}                 | {podSelector: {}, policyTypes: [Ingress]}
        NetworkPolicy | {podSelector: {}, policyTypes: [], egress: []}     | {podSelector: {}, policyTypes: [Ingress], egress: []}
        NetworkPolicy | {podSelector: {}, policyTypes: [], egress: [{}]}   | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]}
        NetworkPolicy | {podSelector: {}, policyTypes: [Egress]}           | {podSelector: {}, policyTypes: [Egress]}
        CSIDriver     | {volumeLifecycleModes: [], attachRequired: false}  | {volumeLifecycleModes: [Persistent], attachRequired: false, fsGroupPolicy: ReadWriteOnceWithFSType, podInfoOnMount: false, requiresRepublish: false, seLinuxMount: false, storageCapacity: false}
        CSIDriver     | {volumeLifecycleModes: [Ephemeral], attachRequired: false, podInfoOnMount: true} | {volumeLifecycleModes: [Ephemeral], attachRequired: false, podInfoOnMount: true, fsGroupPolicy: ReadWriteOnceWithFSType, requiresRepublish: false, seLinuxMount: false, storageCapacity: false}
        """)
    void an_empty_list_gets_what_an_absent_one_gets(String kind, String written, String stored) throws IOException {
        ObjectNode object = YAML.createObjectNode();
        object.set("spec", YAML.readTree(written));

        KubernetesDefaults.fill(
                kind.equals("CSIDriver") ? new Kind("storage.k8s.io", kind) : Kind.NETWORK_POLICY, object);

        assertThat(object.path("spec")).isEqualTo(YAML.readTree(stored));
    }
}
