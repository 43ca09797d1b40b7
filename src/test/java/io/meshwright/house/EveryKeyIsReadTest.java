package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.meshwright.Fixtures;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.platform.Platform;
import io.meshwright.value.Word;
import io.meshwright.value.pod.DnsConfig;
import io.meshwright.value.pod.HostAlias;
import io.meshwright.value.pod.RoleRule;
import io.meshwright.value.workload.Affinity;
import io.meshwright.value.workload.Toleration;
import io.meshwright.value.workload.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key that nothing reads would let a person believe that he has decided something. */
class EveryKeyIsReadTest {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final Set<String> ONLY_VERIFIED = Set.of("Environment.apiVersion", "Environment.kind");

    /** Records that KubernetesModel turns into Kubernetes' own as a whole; workloads.yaml gives each of their keys. */
    private static final Set<Class<?>> COPIED = Set.of(
            Affinity.class,
            DnsConfig.class,
            HostAlias.class,
            RoleRule.class,
            Toleration.class,
            Volume.EmptyDir.class,
            Volume.Token.class);

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
                boolean read = COPIED.stream().anyMatch(copied -> type == copied || type.getEnclosingClass() == copied)
                        || isRead(owner, component.getName());
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
        JsonNode keys = documents().get(0);
        List<JsonPointer> pointers = pointers(keys, JsonPointer.empty())
                .filter(key -> !key.toString().startsWith("/services") && !ONLY_COMPARED.contains(key.toString()))
                .toList();

        assertThat(pointers).hasSizeGreaterThan(100);
        assertThat(dropped(keys, pointers)).isEmpty();
    }

    @Test
    void and_those_of_every_other_platform_do() throws IOException {
        for (JsonNode keys : documents().subList(1, documents().size())) {
            List<JsonPointer> pointers = pointers(keys, JsonPointer.empty())
                    .filter(key -> key.toString().startsWith("/cluster/") && !ONLY_COMPARED.contains(key.toString()))
                    .toList();

            assertThat(pointers).isNotEmpty();
            assertThat(dropped(keys, pointers)).isEmpty();
        }
    }

    /** One way of monitoring excludes another, so that each has a document of its own. */
    @Test
    void and_those_of_monitoring_that_others_run_and_of_repositories_by_ssh_do() throws IOException {
        for (String file : List.of("observability", "repository-by-ssh")) {
            for (JsonNode keys : documents(file)) {
                List<JsonPointer> pointers = pointers(keys, JsonPointer.empty())
                        .filter(key -> key.toString().matches("/(observability|delivery)/.+"))
                        .filter(key -> !key.toString().equals("/observability/alerts"))
                        .toList();

                assertThat(dropped(keys, pointers)).isEmpty();
            }
        }
    }

    /** They ask for a mesh that refuses what others may do. */
    @Test
    void and_those_of_the_assistant_and_of_kialis_chat_do() throws IOException {
        for (String file : List.of("assistant", "kiali-chat")) {
            for (JsonNode keys : documents(file)) {
                List<JsonPointer> pointers = pointers(keys, JsonPointer.empty())
                        .filter(key -> key.toString().matches("/aiOps/(assistant|kialiChat).*"))
                        .toList();

                assertThat(pointers).hasSizeGreaterThan(2);
                assertThat(dropped(keys, pointers)).isEmpty();
            }
        }
    }

    @Test
    void and_no_platform_has_another_one() throws IOException {
        Set<String> given = new TreeSet<>();
        for (JsonNode keys : documents().subList(1, documents().size())) {
            JsonNode platform = keys.at("/cluster/platform");
            pointers(platform, JsonPointer.empty())
                    .map(key ->
                            platform.path("type").asText().concat(key.toString().replaceAll("/\\d+", "")))
                    .filter(key -> !key.endsWith("/type"))
                    .forEach(given::add);
        }

        assertThat(given)
                .isEqualTo(Stream.of(Platform.class.getPermittedSubclasses())
                        .flatMap(type ->
                                keys(type, type.getAnnotation(Word.class).value()))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The keys of a record, and of the records that it is made of. */
    private static Stream<String> keys(Class<?> type, String at) {
        return Stream.of(type.getRecordComponents()).flatMap(component -> {
            String key = "%s/%s".formatted(at, component.getName());
            Class<?> value = component.getGenericType() instanceof ParameterizedType list
                    ? (Class<?>) list.getActualTypeArguments()[0]
                    : component.getType();
            boolean group = value.isRecord() && type.equals(value.getDeclaringClass());
            return Stream.concat(Stream.of(key), group ? keys(value, key) : Stream.empty());
        });
    }

    /** The file's own keys first, then those of other platforms. */
    private static List<JsonNode> documents() throws IOException {
        return documents("every-key");
    }

    private static List<JsonNode> documents(String file) throws IOException {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(
                        Fixtures.ENVIRONMENTS.resolve("%s.yaml".formatted(file)).toFile())) {
            return documents.readAll();
        }
    }

    private static List<String> dropped(JsonNode keys, List<JsonPointer> pointers) throws IOException {
        JsonNode file = over(keys);
        assertThat(manifests(file)).isPresent();
        List<Whole> files = Stream.of(withoutMonitoring(file), monitoringAlone(keys), file)
                .map(Whole::of)
                .filter(whole -> whole.manifests().isPresent())
                .toList();
        List<String> dropped = new ArrayList<>();
        for (JsonPointer key : pointers) {
            try {
                if (files.stream().noneMatch(whole -> whole.reads(key))) {
                    dropped.add(key.toString());
                }
            } catch (IllegalArgumentException thrown) {
                dropped.add("%s: %s".formatted(key, thrown.getMessage()));
            }
        }
        return dropped;
    }

    private static JsonNode over(JsonNode keys) throws IOException {
        return YAML.readTree(MergedYaml.of(
                Files.readString(Path.of("test/resources/agreement/base.yaml")), YAML.writeValueAsString(keys)));
    }

    /** Half of what is rendered, which most keys of monitoring do not touch; may be refused. */
    private static JsonNode monitoringAlone(JsonNode keys) throws IOException {
        return over(((ObjectNode) keys.deepCopy()).retain("observability", "namespaces"));
    }

    /** Half of what is rendered, which most keys do not touch, and what is refused without it. */
    private static JsonNode withoutMonitoring(JsonNode file) {
        ObjectNode without = file.deepCopy();
        without.put("observability", "none");
        without.remove("aiOps");
        ((ObjectNode) without.path("istio")).remove("telemetry");
        without.path("services").forEach(service -> ((ObjectNode) service).remove("release"));
        return without;
    }

    /** A file, and what it gives. */
    private record Whole(JsonNode file, Optional<String> manifests) {
        static Whole of(JsonNode file) {
            return new Whole(file, EveryKeyIsReadTest.manifests(file));
        }

        /** False too where the file has not the key. */
        boolean reads(JsonPointer key) {
            if (file.at(key).isMissingNode()) {
                return false;
            }
            JsonNode without = file.deepCopy();
            ((ObjectNode) without.at(key.head())).remove(key.last().getMatchingProperty());
            return !EveryKeyIsReadTest.manifests(without).equals(manifests);
        }
    }

    /** Every key of mappings, those that hold others too, in lists as well. */
    private static Stream<JsonPointer> pointers(JsonNode node, JsonPointer at) {
        if (node.isArray()) {
            return IntStream.range(0, node.size())
                    .boxed()
                    .flatMap(index -> pointers(node.get(index), at.appendIndex(index)));
        }
        return node.properties().stream().flatMap(entry -> {
            JsonPointer key = at.appendProperty(entry.getKey());
            return Stream.concat(Stream.of(key), pointers(entry.getValue(), key));
        });
    }

    /** Empty where the file is refused. */
    private static Optional<String> manifests(JsonNode file) {
        try {
            Reading<Environment> reading = EnvironmentReader.read("file.yaml", YAML.writeValueAsBytes(file));
            return reading instanceof Reading.Accepted<Environment> accepted
                    ? Optional.of(Rendering.objects(accepted.value()).toString())
                    : Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
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
