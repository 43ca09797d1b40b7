package io.meshwright.builders;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * One component of a record as a field, a setter and an argument.
 *
 * @param type as Java writes it, with all its packages
 * @param arguments of a generic type
 * @param description of the component in the record's Javadoc; null: there is none
 */
record Setting(String name, String type, Shape shape, List<String> arguments, boolean required, String description) {
    private static final String REQUIRED = "io.meshwright.value.Required";
    private static final String DOC = "io.meshwright.value.Doc";
    private static final String NULLABLE = "org.jspecify.annotations.Nullable";

    static Setting of(RecordComponentElement component, String description) {
        TypeMirror type = component.asType();
        return new Setting(
                component.getSimpleName().toString(),
                type.toString(),
                shape(type),
                arguments(type),
                component.getAnnotationMirrors().stream()
                        .anyMatch(annotation ->
                                annotation.getAnnotationType().toString().equals(REQUIRED)),
                description);
    }

    /** One that is handed on as it is set, whatever its type; its setter takes null where its component does. */
    static Setting asItIs(RecordComponentElement component) {
        String type = component.asType().toString().replaceAll("@[\\w.]+ ", "");
        return new Setting(
                component.getSimpleName().toString(),
                type,
                isNullable(component) ? Shape.OPTIONAL : Shape.PLAIN,
                List.of(type),
                false,
                component.getAnnotationMirrors().stream()
                        .filter(annotation ->
                                annotation.getAnnotationType().toString().equals(DOC))
                        .flatMap(annotation -> annotation.getElementValues().values().stream())
                        .map(value -> String.valueOf(value.getValue())
                                .replace("*/", "* /")
                                .replace("@", "&#64;"))
                        .findFirst()
                        .orElse(null));
    }

    /** An annotation of types: javac names it at the component's type, or within the type's text alone. */
    private static boolean isNullable(RecordComponentElement component) {
        return component.asType().toString().contains("@".concat(NULLABLE))
                || component.getAnnotationMirrors().stream()
                        .anyMatch(annotation ->
                                annotation.getAnnotationType().toString().equals(NULLABLE));
    }

    String field() {
        return shape.isCollection()
                ? "    private final %s %s = new %s<>();".formatted(type, name, shape.mutable())
                : "    private %s %s;".formatted(shape == Shape.OPTIONAL ? arguments.get(0) : type, name);
    }

    String setter() {
        return """

            /** %s */
            public B %s(%s %s) {
                %s
                return self();
            }
        """.formatted(documentation(), name, parameter(), name, assignment());
    }

    String argument() {
        String value =
                required ? "io.meshwright.value.Require.%s(\"%s\", %s)".formatted(shape.check(), name, name) : name;
        return shape.finished(value);
    }

    private String documentation() {
        String sentence = capitalized(sentence());
        return "%s%s%s".formatted(sentence, sentence.endsWith(".") ? "" : ".", required ? " Required." : "");
    }

    private String sentence() {
        if (description == null) {
            return "%s {@code %s}".formatted(shape.isCollection() ? "adds to" : "sets", name);
        }
        return description.startsWith("of ") ? "%s %s".formatted(name, description) : description;
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT).concat(text.substring(1));
    }

    private String parameter() {
        return switch (shape) {
            case PLAIN -> unboxed(type);
            case OPTIONAL -> nullable(unboxed(arguments.get(0)));
            case LIST, SET, SORTED_SET -> "java.util.Collection<? extends %s>".formatted(arguments.get(0));
            case MAP, SORTED_MAP ->
                "java.util.Map<? extends %s, ? extends %s>".formatted(arguments.get(0), arguments.get(1));
        };
    }

    /** So that {@code 5} is a {@code long} where one is wanted, and null is no number. */
    private static String unboxed(String type) {
        return switch (type) {
            case "java.lang.Boolean" -> "boolean";
            case "java.lang.Integer" -> "int";
            case "java.lang.Long" -> "long";
            default -> type;
        };
    }

    /** Lets null be handed on for what may be absent; an annotation of a type stands before its own name. */
    private static String nullable(String type) {
        int arguments = type.indexOf('<');
        int name = type.lastIndexOf('.', arguments < 0 ? type.length() : arguments) + 1;
        return name == 0 ? type : "%s@%s %s".formatted(type.substring(0, name), NULLABLE, type.substring(name));
    }

    private String assignment() {
        return switch (shape) {
            case PLAIN, OPTIONAL -> "this.%s = %s;".formatted(name, name);
            case LIST, SET, SORTED_SET -> "this.%s.addAll(%s);".formatted(name, name);
            case MAP, SORTED_MAP -> "this.%s.putAll(%s);".formatted(name, name);
        };
    }

    private static Shape shape(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                ? Shape.of(((TypeElement) ((DeclaredType) type).asElement())
                        .getQualifiedName()
                        .toString())
                : Shape.PLAIN;
    }

    private static List<String> arguments(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                ? ((DeclaredType) type)
                        .getTypeArguments().stream().map(TypeMirror::toString).collect(Collectors.toList())
                : List.of();
    }
}
