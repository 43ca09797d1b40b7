package io.meshwright.environment.key;

import io.meshwright.value.Bounds;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Matches;
import io.meshwright.value.Range;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key in words, all from its record.
 *
 * @param type what kind of value is written
 * @param absent what its absence means: required, or the default
 * @param bounds which values are admitted; empty where the type says it all
 * @param meaning its sentence, empty where the record gives none
 * @param words its possible words with their sentences, in order; empty where it is no choice
 */
public record KeyFacts(String type, String absent, List<String> bounds, String meaning, Map<String, String> words) {
    /** The word for a key without which a file is refused. */
    public static final String REQUIRED = "required";

    /** The beginning of a bound that is an expression. */
    public static final String FORM = "of the form ";

    private static final Pattern DEFAULT = Pattern.compile("\\b[Dd]efault:? (.+?)(?=;|\\.(?:\\s|$)|$)");

    public static KeyFacts of(Key key) {
        String meaning = Sentences.of(key).orElse("");
        return new KeyFacts(type(key.type()), absent(key, meaning), bounds(key), meaning, words(key.type()));
    }

    /** The expression for the whole text. */
    public static String pattern(Matches matches) {
        return "^(?:%s)$".formatted(matches.regex());
    }

    /** The sentence of a key, or else of its mapping; empty where the records give none. */
    public static String sentence(Key key) {
        return Sentences.of(key).orElse("");
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? "mapping of %s to %s".formatted(type(arguments[0]), apart(type(arguments[1])))
                    : "list of %s".formatted(apart(type(arguments[0])));
        }
        return plain((Class<?>) type);
    }

    private static String apart(String type) {
        return type.contains(", ") ? "(%s)".formatted(type) : type;
    }

    private static String plain(Class<?> type) {
        if (type.isEnum()) {
            return "one of %s".formatted(String.join(", ", Words.ofEnum(type).keySet()));
        } else if (type.isSealed()) {
            return "mapping whose %s is one of %s"
                    .formatted(
                            Words.discriminator(type),
                            String.join(", ", Words.ofSealed(type).keySet()));
        } else if (ScalarFactories.isValue(type)) {
            return "%s (%s)".formatted(scalar(type), type.getSimpleName());
        } else if (Key.isBeside(type)) {
            return "text (a path)";
        }
        Optional<Method> shorthand = ScalarFactories.shorthand(type);
        return shorthand
                .map(factory -> "mapping, or %s".formatted(type(factory.getGenericParameterTypes()[0])))
                .orElseGet(() -> type.isRecord() ? "mapping" : scalar(type));
    }

    private static String scalar(Class<?> type) {
        if (ScalarFactories.isValue(type)) {
            ScalarFactories factories = ScalarFactories.of(type);
            String number = factories.number().isPresent() ? "number" : "whole number";
            boolean numeric =
                    factories.number().isPresent() || factories.integer().isPresent();
            return factories.text().isEmpty() ? number : numeric ? "text or %s".formatted(number) : "text";
        } else if (type == String.class) {
            return "text";
        } else if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        } else if (type == Double.class || type == double.class) {
            return "number";
        }
        return type == Object.class ? "anything" : "whole number";
    }

    private static String absent(Key key, String meaning) {
        Optional<RecordComponent> component = key.component();
        if (component.isEmpty()) {
            return "none";
        } else if (Keys.required(component.get())) {
            return REQUIRED;
        }
        Matcher told = DEFAULT.matcher(meaning);
        if (told.find()) {
            return told.group(1);
        }
        boolean mapping = key.type() instanceof Class<?> type && Key.isMapping(type);
        return mapping && isDefaulted(component.get()) ? "as its keys say" : "none";
    }

    private static boolean isDefaulted(RecordComponent component) {
        Class<?> owner = component.getDeclaringRecord();
        int index = Arrays.stream(owner.getRecordComponents())
                .map(RecordComponent::getName)
                .toList()
                .indexOf(component.getName());
        for (Constructor<?> constructor : owner.getDeclaredConstructors()) {
            Annotation[][] parameters = constructor.getParameterAnnotations();
            if (parameters.length == owner.getRecordComponents().length) {
                return Arrays.stream(parameters[index]).anyMatch(Defaulted.class::isInstance);
            }
        }
        return false;
    }

    private static List<String> bounds(Key key) {
        List<String> bounds = new ArrayList<>();
        Class<?> type = key.type() instanceof Class<?> plain ? plain : Object.class;
        on(key, type, Range.class).ifPresent(range -> bounds.add("from %d to %d".formatted(range.min(), range.max())));
        on(key, type, Matches.class).ifPresent(matches -> {
            bounds.add(matches.says());
            if (matches.max() != Integer.MAX_VALUE) {
                bounds.add("at most %d characters".formatted(matches.max()));
            }
            bounds.add(FORM.concat(pattern(matches)));
        });
        return bounds;
    }

    private static <A extends Annotation> Optional<A> on(Key key, Class<?> type, Class<A> annotation) {
        return key.component()
                .map(component -> component.getAnnotation(annotation))
                .or(() -> ScalarFactories.isValue(type) ? Bounds.declared(type, annotation) : Optional.empty());
    }

    private static Map<String, String> words(Type type) {
        if (type instanceof Class<?> plain && plain.isEnum()) {
            Map<String, Field> words = Words.ofEnum(plain);
            return sentences(words);
        }
        return type instanceof Class<?> plain && Key.isChoice(plain) ? sentences(Words.ofSealed(plain)) : Map.of();
    }

    private static Map<String, String> sentences(Map<String, ? extends AnnotatedElement> words) {
        Map<String, String> sentences = new LinkedHashMap<>();
        words.forEach(
                (word, element) -> sentences.put(word, Sentences.of(element).orElse("")));
        return sentences.values().stream().allMatch(String::isEmpty) ? Map.of() : sentences;
    }
}
