package io.meshwright.environment.reader;

import io.meshwright.environment.key.Keys;
import io.meshwright.environment.key.ScalarFactories;
import io.meshwright.value.delivery.BesideBinary;
import io.meshwright.value.delivery.BesideFile;
import io.meshwright.value.delivery.BesideFolder;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Binds a node of the file to a value of the wanted type; nothing comes back where a problem was noted instead. */
final class Binder {
    private static final String BY_DEFAULT = "write {} to take its defaults, or remove the key";

    private final Problems problems;
    private final ValueBinding values;
    private final RecordBinding records;
    private final SealedBinding choices;
    private final CollectionBinding collections;
    private final FreeForm freeForm;
    private final BesideBinding beside;

    /** @param root the record of the whole file, in which a misplaced key is looked for */
    Binder(Bases bases, Problems problems, Class<?> root) {
        this.problems = problems;
        this.values = new ValueBinding(problems);
        this.records = new RecordBinding(this, problems, root);
        this.choices = new SealedBinding(values, records, problems);
        this.collections = new CollectionBinding(this, problems);
        this.freeForm = new FreeForm(problems);
        this.beside = new BesideBinding(bases, problems);
    }

    Optional<?> bind(Type type, PlacedNode placed) {
        if (placed.isEmpty()) {
            problems.add(placed, "has no value", isAllOptional(type) ? BY_DEFAULT : "give one or remove the key");
            return Optional.empty();
        }
        return type instanceof ParameterizedType generic ? bind(generic, placed) : bind((Class<?>) type, placed);
    }

    /** Of which {} says that it is wanted and as it is by default. */
    private static boolean isAllOptional(Type type) {
        return type instanceof Class<?> record
                && record.isRecord()
                && Keys.of(record).values().stream().noneMatch(Keys::required);
    }

    @SuppressWarnings(
            "OptionalMapToOptional") // the outer one tells whether it could be read, the inner one is the value
    private Optional<?> bind(ParameterizedType generic, PlacedNode placed) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
            return collections.list(arguments[0], placed);
        } else if (generic.getRawType() == Map.class) {
            return collections.map(arguments[0], arguments[1], placed);
        } else if (generic.getRawType() == Optional.class) {
            return bind(arguments[0], placed).map(Optional::of);
        }
        throw new IllegalArgumentException("%s: cannot be read into %s".formatted(placed.path(), generic));
    }

    private Optional<?> bind(Class<?> type, PlacedNode placed) {
        if (type == Object.class) {
            return anything(placed);
        } else if (type == BesideFile.class) {
            return beside.file(placed);
        } else if (type == BesideBinary.class) {
            return beside.binary(placed);
        } else if (type == BesideFolder.class) {
            return beside.folder(placed);
        } else if (ValueBinding.binds(type)) {
            return values.bind(type, placed);
        } else if (type.isSealed()) {
            return choices.bind(type, placed);
        } else if (type.isRecord()) {
            Optional<Method> shorthand =
                    ScalarFactories.shorthand(type).filter(factory -> placed.node() instanceof ScalarNode);
            return shorthand.isPresent() ? shorthand(shorthand.get(), placed) : records.bind(type, placed);
        }
        throw new IllegalArgumentException("%s: cannot be read into %s".formatted(placed.path(), type));
    }

    /** A whole record by the factory that takes its one word. */
    private Optional<?> shorthand(Method factory, PlacedNode placed) {
        return bind(factory.getParameterTypes()[0], placed).flatMap(value -> values.invoke(placed, factory, value));
    }

    private Optional<?> anything(PlacedNode placed) {
        if (placed.node() instanceof MappingNode) {
            return collections.map(String.class, Object.class, placed);
        }
        return placed.node() instanceof SequenceNode ? collections.list(Object.class, placed) : freeForm.bind(placed);
    }
}
