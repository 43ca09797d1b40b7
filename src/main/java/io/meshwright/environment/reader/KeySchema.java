package io.meshwright.environment.reader;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import io.meshwright.environment.key.KeyExample;
import io.meshwright.environment.key.KeyFacts;
import io.meshwright.environment.key.Keys;
import io.meshwright.environment.key.Sentences;
import io.meshwright.value.Matches;
import io.meshwright.value.Range;
import io.meshwright.value.Sample;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The schema of one key of a record: order, whether it is required, its sentence and its bounds. */
final class KeySchema {
    private KeySchema() {}

    static void configure(SchemaGeneratorConfigBuilder builder) {
        builder.forTypesInGeneral()
                .withPropertySorter(Comparator.comparingInt(KeySchema::position))
                .withDescriptionResolver(
                        scope -> Sentences.of(scope.getType().getErasedType()).orElse(null));
        builder.forFields()
                .withRequiredCheck(field -> Keys.required(component(field)))
                .withDescriptionResolver(KeySchema::sentence)
                .withStringPatternResolver(
                        field -> on(field, Matches.class).map(KeyFacts::pattern).orElse(null))
                .withNumberInclusiveMinimumResolver(field -> bound(field, Range::min))
                .withNumberInclusiveMaximumResolver(field -> bound(field, Range::max))
                .withInstanceAttributeOverride((node, field, context) -> on(field, Sample.class)
                        .ifPresent(sample -> List.of(sample.value())
                                .forEach(text -> node.withArray("examples").add(KeyExample.json(text)))));
    }

    private static @Nullable String sentence(FieldScope field) {
        return field.isFakeContainerItemScope()
                ? null
                : Sentences.of(component(field), field.getType().getErasedType())
                        .orElse(null);
    }

    private static int position(MemberScope<?, ?> member) {
        return List.of(member.getDeclaringType().getErasedType().getRecordComponents())
                .indexOf(component(member));
    }

    private static @Nullable BigDecimal bound(FieldScope field, ToLongFunction<Range> end) {
        return on(field, Range.class)
                .map(range -> BigDecimal.valueOf(end.applyAsLong(range)))
                .orElse(null);
    }

    private static <A extends Annotation> Optional<A> on(FieldScope field, Class<A> annotation) {
        return Optional.ofNullable(
                field.isFakeContainerItemScope() ? null : component(field).getAnnotation(annotation));
    }

    private static RecordComponent component(MemberScope<?, ?> member) {
        return Objects.requireNonNull(
                Keys.of(member.getDeclaringType().getErasedType()).get(member.getName()), member::toString);
    }
}
