package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.meshwright.Fixtures;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key that nothing reads would let a person believe that he has decided something. */
class EveryKeyIsReadTest {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final Set<String> ONLY_VERIFIED = Set.of("Environment.apiVersion", "Environment.kind");

    /** Facts that are in no manifest, but refuse other keys. */
    private static final Set<String> ONLY_COMPARED = Set.of("/cluster/edge/origin", "/cluster/name");

    @Test
    void of_an_environment_file() {
        JavaClasses program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.meshwright");
        Set<Class<?>> records = EnvironmentRecords.all();
        List<String> unread = new ArrayList<>();
        for (Class<?> type : records) {
            JavaClass owner = program.get(type);
            for (RecordComponent component : type.getRecordComponents()) {
                String key = "%s.%s".formatted(type.getSimpleName(), component.getName());
                boolean read = isRead(owner, component.getName());
                if (!read && !ONLY_VERIFIED.contains(key)) {
                    unread.add(key);
                }
            }
        }

        assertThat(records).hasSizeGreaterThan(40);
        assertThat(unread).isEmpty();
    }

    /** Keys of services have a test of their own, which gives each beside every other: KeysOfServicesTest. */
    @Test
    void and_changes_the_manifests_or_is_refused() throws IOException {
        String keys = Files.readString(Fixtures.ENVIRONMENTS.resolve("every-key.yaml"));
        JsonNode file =
                YAML.readTree(MergedYaml.of(Files.readString(Path.of("test/resources/agreement/base.yaml")), keys));
        Optional<String> whole = manifests(file);
        List<JsonPointer> pointers = pointers(YAML.readTree(keys), JsonPointer.empty())
                .filter(key -> !key.toString().startsWith("/services") && !ONLY_COMPARED.contains(key.toString()))
                .toList();
        List<String> dropped = new ArrayList<>();
        for (JsonPointer key : pointers) {
            JsonNode without = file.deepCopy();
            ((ObjectNode) without.at(key.head())).remove(key.last().getMatchingProperty());
            try {
                if (manifests(without).equals(whole)) {
                    dropped.add(key.toString());
                }
            } catch (IllegalArgumentException thrown) {
                dropped.add("%s: %s".formatted(key, thrown.getMessage()));
            }
        }

        assertThat(whole).isPresent();
        assertThat(pointers).hasSizeGreaterThan(80);
        assertThat(dropped).isEmpty();
    }

    /** Every key of mappings, those that hold others too. */
    private static Stream<JsonPointer> pointers(JsonNode node, JsonPointer at) {
        return node.properties().stream().flatMap(entry -> {
            JsonPointer key = at.appendProperty(entry.getKey());
            return Stream.concat(Stream.of(key), pointers(entry.getValue(), key));
        });
    }

    /** Empty where the file is refused. */
    private static Optional<String> manifests(JsonNode file) throws IOException {
        String text = YAML.writeValueAsString(file);
        return EnvironmentReader.read("file.yaml", text.getBytes(StandardCharsets.UTF_8)) instanceof Reading.Accepted
                ? Optional.of(Rendering.objects(text).toString())
                : Optional.empty();
    }

    /** By its accessor, by the accessor's declaration in an interface, or by a method of the record itself. */
    private static boolean isRead(JavaClass owner, String component) {
        boolean called = Stream.concat(Stream.of(owner), owner.getAllRawInterfaces().stream())
                .filter(type -> type.tryGetMethod(component).isPresent())
                .map(type -> type.getMethod(component))
                .flatMap(method -> Stream.concat(
                        method.getCallsOfSelf().stream().map(call -> call.getOriginOwner()),
                        method.getReferencesToSelf().stream().map(reference -> reference.getOriginOwner())))
                .anyMatch(origin -> !origin.equals(owner));
        return called
                || owner.getField(component).getAccessesToSelf().stream()
                        .map(access -> access.getOrigin())
                        .anyMatch(origin -> !origin.getName().equals("<init>")
                                && !(origin.getRawParameterTypes().isEmpty()
                                        && origin.getName().equals(component))
                                && !Set.of("equals", "hashCode").contains(origin.getName()));
    }
}
