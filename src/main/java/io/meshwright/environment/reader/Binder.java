package io.meshwright.environment.reader;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Makes what stands at a spot a value of the wanted type; nothing comes back where a problem was noted instead. */
final class Binder {
    private final Problems problems;
    private final ValueBinding values;
    private final RecordBinding records;
    private final SealedBinding choices;
    private final CollectionBinding collections;
    private final FreeForm freeForm;

    Binder(Problems problems) {
        this.problems = problems;
        this.values = new ValueBinding(problems);
        this.records = new RecordBinding(this, problems);
        this.choices = new SealedBinding(values, records, problems);
        this.collections = new CollectionBinding(this, problems);
        this.freeForm = new FreeForm(problems);
    }

    Optional<?> bind(Type type, Spot spot) {
        if (spot.isEmpty()) {
            problems.add(spot, "has no value", "give one or remove the key");
            return Optional.empty();
        }
        return type instanceof ParameterizedType generic ? bind(generic, spot) : bind((Class<?>) type, spot);
    }

    private Optional<?> bind(ParameterizedType generic, Spot spot) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
            return collections.list(arguments[0], spot);
        } else if (generic.getRawType() == Map.class) {
            return collections.map(arguments[0], arguments[1], spot);
        } else if (generic.getRawType() == Optional.class) {
            return bind(arguments[0], spot).map(Optional::of);
        }
        throw new IllegalArgumentException("%s: cannot be read into %s".formatted(spot.path(), generic));
    }

    private Optional<?> bind(Class<?> type, Spot spot) {
        if (type == Object.class) {
            return anything(spot);
        } else if (ValueBinding.binds(type)) {
            return values.bind(type, spot);
        } else if (type.isSealed()) {
            return choices.bind(type, spot);
        } else if (type.isRecord()) {
            Optional<Method> shorthand =
                    ScalarFactories.shorthand(type).filter(factory -> spot.node() instanceof ScalarNode);
            return shorthand.isPresent() ? values.shorthand(shorthand.get(), spot) : records.bind(type, spot);
        }
        throw new IllegalArgumentException("%s: cannot be read into %s".formatted(spot.path(), type));
    }

    private Optional<?> anything(Spot spot) {
        if (spot.node() instanceof MappingNode) {
            return collections.map(String.class, Object.class, spot);
        }
        return spot.node() instanceof SequenceNode ? collections.list(Object.class, spot) : freeForm.bind(spot);
    }
}
