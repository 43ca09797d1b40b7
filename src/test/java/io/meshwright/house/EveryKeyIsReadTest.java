package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.meshwright.environment.Environment;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key that nothing reads would let a person believe that he has decided something. */
class EveryKeyIsReadTest {
    private static final Set<String> ONLY_VERIFIED = Set.of("Environment.apiVersion", "Environment.kind");

    @Test
    void of_an_environment_file() {
        JavaClasses program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.meshwright");
        Set<Class<?>> records = new LinkedHashSet<>();
        collect(Environment.class, records);
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

    private static void collect(Type type, Set<Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, records);
            }
        } else if (type instanceof Class<?> plain && plain.getName().startsWith("io.meshwright.")) {
            if (plain.isSealed()) {
                for (Class<?> permitted : plain.getPermittedSubclasses()) {
                    collect(permitted, records);
                }
            } else if (plain.isRecord() && records.add(plain)) {
                for (RecordComponent component : plain.getRecordComponents()) {
                    collect(component.getGenericType(), records);
                }
            }
        }
    }
}
