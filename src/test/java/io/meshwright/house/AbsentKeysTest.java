package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading.Accepted;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Required;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The compiler cannot see what is absent from a file, because the reader makes records by reflection. */
class AbsentKeysTest {
    private static final Path BASE = Path.of("test/resources/agreement/base.yaml");

    @Test
    void are_missing_or_null_or_have_a_default_as_their_one_annotation_says() throws ReflectiveOperationException {
        List<String> undecided = new ArrayList<>();
        for (Class<?> type : EnvironmentRecords.all()) {
            RecordComponent[] components = type.getRecordComponents();
            if (isScalar(type)) {
                continue;
            }
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            for (int i = 0; i < components.length; i++) {
                long said = Stream.of(
                                components[i].isAnnotationPresent(Required.class)
                                        || components[i].getType().isPrimitive(),
                                constructor.getParameters()[i].isAnnotationPresent(Defaulted.class),
                                isNullable(components[i]))
                        .filter(yes -> yes)
                        .count();
                if (said != 1) {
                    undecided.add("%s.%s: %d".formatted(type.getSimpleName(), components[i].getName(), said));
                }
            }
        }

        assertThat(undecided).isEmpty();
    }

    @Test
    void leave_null_only_where_code_is_told() throws IOException, ReflectiveOperationException {
        List<String> files = new ArrayList<>();
        for (String name : Fixtures.names()) {
            files.add(Fixtures.file(name));
        }
        String base = Files.readString(BASE);
        files.add(base);
        files.add(MergedYaml.of(base, Files.readString(Fixtures.ENVIRONMENTS.resolve("every-key.yaml"))));
        Set<String> untold = new TreeSet<>();
        for (String file : files) {
            assertThat(EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Accepted.class);
            if (EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8))
                    instanceof Accepted<Environment> accepted) {
                look(accepted.value(), untold);
            }
        }

        assertThat(untold).isEmpty();
    }

    private static void look(Object value, Set<String> untold) throws ReflectiveOperationException {
        if (value instanceof Iterable<?> many) {
            for (Object each : many) {
                look(each, untold);
            }
        } else if (value instanceof Map<?, ?> map) {
            look(map.values(), untold);
        } else if (value instanceof Record made) {
            for (RecordComponent component : made.getClass().getRecordComponents()) {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                Object part = accessor.invoke(made);
                if (part != null) {
                    look(part, untold);
                } else if (!isNullable(component)) {
                    untold.add("%s.%s".formatted(made.getClass().getSimpleName(), component.getName()));
                }
            }
        }
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** A value of one word, which its factory is given and no mapping. */
    private static boolean isScalar(Class<?> type) {
        return type.getRecordComponents().length == 1
                && Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals("of") && method.getParameterCount() == 1);
    }
}
