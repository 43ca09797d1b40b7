package io.meshwright.value.workload.data;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.delivery.BesideBinary;
import io.meshwright.value.pod.ObjectName;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of what programs are told: variables and files, from texts, ConfigMaps, Secrets and the pod itself. */
class SourcesTest {
    private static final Name WEB = Name.of("web");
    private static final ObjectName SETTINGS = ObjectName.of("settings");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        metadata.name                           | true  | true
        metadata.namespace                      | true  | true
        metadata.uid                            | true  | true
        metadata.labels['app.kubernetes.io/name'] | true  | true
        metadata.annotations['a']               | true  | true
        metadata.labels                         | false | true
        metadata.annotations                    | false | true
        spec.nodeName                           | true  | false
        spec.serviceAccountName                 | true  | false
        status.hostIP                           | true  | false
        status.hostIPs                          | true  | false
        status.podIP                            | true  | false
        status.podIPs                           | true  | false
        """)
    void a_field_of_the_pod_is_a_variable_or_a_file_or_both(String path, boolean variable, boolean file) {
        FieldRef field = FieldRef.path(path.replace('"', '\''));

        if (variable) {
            assertThat(EnvVar.of(field).fieldRef()).isEqualTo(field);
        } else {
            assertRefused(() -> EnvVar.of(field)).contains("are many, and a variable has one value");
        }
        if (file) {
            assertThat(new DownwardFiles.Item("a", field, null, null).path()).isEqualTo("a");
        } else {
            assertRefused(() -> new DownwardFiles.Item("a", field, null, null))
                    .contains("is given as a variable alone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec.nodename", "status.phase", "metadata.labels[app]", "metadata.labels['']", "", "a"})
    void no_other_field_is_told(String path) {
        assertRefused(() -> FieldRef.path(path)).startsWith("fieldPath: ").contains("is no field that a pod is told");
    }

    @ParameterizedTest
    @CsvSource({
        "limits.cpu, 1m, true",
        "limits.cpu, 1, true",
        "limits.cpu, 1Mi, false",
        "requests.memory, 1Mi, true",
        "requests.memory, 1m, false",
        "requests.memory, 2Mi, false",
        "limits.ephemeral-storage, 1G, true",
        "memory, 1, false",
        "limits.nvidia.com/gpu, 1, false"
    })
    void a_resource_is_counted_in_units_of_its_own(String resource, String divisor, boolean admitted) {
        if (admitted) {
            assertThat(new ResourceFieldRef(resource, Quantity.of(divisor), null)
                            .orOf(WEB)
                            .containerName())
                    .isEqualTo(WEB);
        } else {
            assertRefused(() -> new ResourceFieldRef(resource, Quantity.of(divisor), null))
                    .matches("(?s)(resource|divisor): .*");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0777, 511", "0440, 288", "00, 0"})
    void a_mode_is_octal(String mode, int decimal) {
        assertThat(FileMode.of(mode).decimal()).isEqualTo(decimal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"440", "288", "01777", "0888", "1777", "0o440", ""})
    void and_nothing_else(String mode) {
        assertRefused(() -> FileMode.of(mode))
                .contains("is not valid; give octal digits in quotes, from \"0\" to \"0777\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        http://$(HOST):$(PORT) | HOST,PORT
        $$(HOST)               | ''
        $$$(HOST)              | HOST
        $(A$(B))               | A$(B
        $                      | ''
        $(                     | ''
        plain                  | ''
        """)
    void a_text_stands_for_other_variables(String text, String names) {
        assertThat(String.join(",", EnvVar.of(text).references())).isEqualTo(names);
    }

    @Test
    void a_variable_names_those_before_it_and_secrets() {
        Map<String, EnvVar> env = new LinkedHashMap<>();
        env.put("URL", EnvVar.of("http://$(HOST)/$(UNKNOWN)"));
        env.put("HOST", EnvVar.of("a"));

        assertRefused(() -> Variables.check(env, Map.of()))
                .isEqualTo("env.URL: stands before \"HOST\", so that $(HOST) stays as it is written; move it below"
                        + " \"HOST\"");
        assertRefused(() -> Variables.check(Map.of("A", EnvVar.of("$(A)")), Map.of()))
                .startsWith("env.A: stands before \"A\"");
        env.put("URL", env.remove("URL"));
        Variables.check(env, Map.of());
    }

    @Test
    void a_config_map_holds_texts_and_files_that_are_none_below_a_mebibyte() {
        BesideBinary logo = new BesideBinary(Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4}));
        MountedFile text = MountedFile.of("info");
        ConfigMapData data = new ConfigMapData(Map.of("level", text), Map.of("logo.png", logo));

        assertThat(logo.size()).isEqualTo(4);
        assertThat(data.keys()).containsExactly("level", "logo.png");
        assertThat(data.texts()).containsEntry("level", "info");
        assertThat(data.binaries()).containsEntry("logo.png", "AQIDBA==");
        assertRefused(() -> new ConfigMapData(null, null)).isEqualTo("holds nothing; give data or binaryData");
        assertRefused(() -> new ConfigMapData(Map.of("a", text), Map.of("a", logo)))
                .isEqualTo("binaryData.a: is in data as well; write each key once");
        assertRefused(() -> new ConfigMapData(Map.of("a", new MountedFile(null, null, logo)), null))
                .isEqualTo("data.a: is no text; move it to binaryData");
        assertRefused(() -> new ConfigMapData(Map.of("..a", text), null))
                .startsWith("data[\"..a\"]: \"..a\" is no key");
        MountedFile half = MountedFile.of("x".repeat(1 << 19));
        assertThat(new ConfigMapData(Map.of("a", half, "b", half), null).keys()).hasSize(2);
        assertRefused(() -> new ConfigMapData(Map.of("a", half, "b", half, "c", text), null))
                .isEqualTo("holds 1048580 bytes, and a ConfigMap a mebibyte at most; write several, or bring it in the"
                        + " image");
    }

    @Test
    void a_file_may_be_no_text() {
        MountedFile logo = new MountedFile(null, null, new BesideBinary("AQID"));

        assertThat(logo.isBinary()).isTrue();
        assertThat(logo.size()).isEqualTo(3);
        assertThat(logo.content()).isEmpty();
        assertRefused(() -> new MountedFile("a", null, new BesideBinary("AQID")))
                .isEqualTo("is not exactly one of text, from and binary; give one of them");
    }

    @Test
    void files_of_one_volume_have_paths_of_their_own_inside_it() {
        KeyFile one = new KeyFile("a", "x/y", FileMode.of("0440"));

        assertThat(new ConfigMapFiles(SETTINGS, List.of(one), null, null).optional())
                .isFalse();
        assertRefused(() -> new ConfigMapFiles(SETTINGS, List.of(one, one), null, null))
                .isEqualTo("items[1].path: \"x/y\" is the path of another one; give it a path of its own");
        assertRefused(() -> new SecretFiles(SETTINGS, List.of(one, one), null, null))
                .startsWith("items[1].path");
        for (String path : List.of("/x", "x/", "..", "../x", "x/../y", "..x", "a:b")) {
            assertRefused(() -> new KeyFile("a", path, null))
                    .startsWith("path: ")
                    .contains("is no path inside");
        }
        assertThat(new KeyFile("a", "x/..y", null).path()).isEqualTo("x/..y");
        assertRefused(() -> new DownwardFiles(List.of(), null)).startsWith("items: is empty");
    }
}
