package io.meshwright.check;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Every inspection of the program, as the compiler has listed them in META-INF/services, in the order of names. */
final class Registry {
    private static final List<Inspection> ALL =
            ServiceLoader.load(Inspection.class, Registry.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(
                                    (Inspection each) -> each.getClass().getSimpleName())
                            .thenComparing(each -> each.getClass().getName()))
                    .toList();

    private Registry() {}

    /**
     * @throws IllegalStateException when the program was compiled without its annotation processor, since a program
     *     without checks would find nothing wrong anywhere
     */
    static List<Inspection> all() {
        if (ALL.isEmpty()) {
            throw new IllegalStateException(
                    "checks: META-INF/services lists none; compile with the annotation processor of src/pom.xml");
        }
        return ALL;
    }

    static <T extends Inspection> Stream<T> of(Class<T> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast);
    }
}
