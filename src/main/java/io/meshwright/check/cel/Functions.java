package io.meshwright.check.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Functions under their names, each with the kinds of values that it takes. */
final class Functions {
    /** A type that expressions know, and the class that holds its values here. */
    record Type<T>(CelType type, Class<T> values) {
        static final Type<String> TEXT = new Type<>(SimpleType.STRING, String.class);
        static final Type<Long> NUMBER = new Type<>(SimpleType.INT, Long.class);
        static final Type<Double> REAL = new Type<>(SimpleType.DOUBLE, Double.class);
        static final Type<Boolean> TRUTH = new Type<>(SimpleType.BOOL, Boolean.class);
        static final Type<Object> ANY = new Type<>(SimpleType.DYN, Object.class);

        @SuppressWarnings("rawtypes")
        static final Type<List> LIST = new Type<>(ListType.create(SimpleType.DYN), List.class);

        static <T> Type<T> of(String name, Class<T> values) {
            return new Type<>(OpaqueType.create("kubernetes.".concat(name)), values);
        }
    }

    private final Map<String, List<CelOverloadDecl>> overloads = new LinkedHashMap<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    /** {@code name(argument)}. */
    <A> Functions function(String name, Type<A> argument, Type<?> result, Function<A, Object> answer) {
        String id = id("global", name, argument);
        overload(name, CelOverloadDecl.newGlobalOverload(id, result.type(), argument.type()));
        bindings.add(CelFunctionBinding.from(id, argument.values(), answer::apply));
        return this;
    }

    /** {@code name(first, second)}. */
    <A, B> Functions function(
            String name, Type<A> first, Type<B> second, Type<?> result, BiFunction<A, B, Object> answer) {
        String id = id("global", name, first, second);
        overload(name, CelOverloadDecl.newGlobalOverload(id, result.type(), first.type(), second.type()));
        bindings.add(CelFunctionBinding.from(id, first.values(), second.values(), answer::apply));
        return this;
    }

    /** {@code self.name()}. */
    <A> Functions method(String name, Type<A> self, Type<?> result, Function<A, Object> answer) {
        String id = id("member", name, self);
        overload(name, CelOverloadDecl.newMemberOverload(id, result.type(), self.type()));
        bindings.add(CelFunctionBinding.from(id, self.values(), answer::apply));
        return this;
    }

    /** {@code self.name(argument)}. */
    <A, B> Functions method(
            String name, Type<A> self, Type<B> argument, Type<?> result, BiFunction<A, B, Object> answer) {
        String id = id("member", name, self, argument);
        overload(name, CelOverloadDecl.newMemberOverload(id, result.type(), self.type(), argument.type()));
        bindings.add(CelFunctionBinding.from(id, self.values(), argument.values(), answer::apply));
        return this;
    }

    /** One that takes something else, under an id of its own. */
    Functions other(String name, CelOverloadDecl overload, CelFunctionBinding binding) {
        overload(name, overload);
        bindings.add(binding);
        return this;
    }

    private void overload(String name, CelOverloadDecl overload) {
        overloads.computeIfAbsent(name, none -> new ArrayList<>()).add(overload);
    }

    private static String id(String kind, String name, Type<?>... types) {
        StringBuilder id =
                new StringBuilder("kubernetes_").append(kind).append('_').append(name.replace('.', '_'));
        for (Type<?> type : types) {
            id.append('_').append(type.values().getSimpleName());
        }
        return id.toString();
    }

    List<CelFunctionDecl> declarations() {
        return overloads.entrySet().stream()
                .map(entry -> CelFunctionDecl.newFunctionDeclaration(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<CelFunctionBinding> bindings() {
        return bindings;
    }

    /** The value that a text is, or an error of the expression. */
    static <T> T parsed(Optional<T> value, String text, String kind) {
        return value.orElseThrow(() -> new IllegalArgumentException("\"%s\" is no %s".formatted(text, kind)));
    }
}
