package io.meshwright.environment.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.value.Bounds;
import io.meshwright.value.Matches;
import io.meshwright.value.Range;
import io.meshwright.value.Sample;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * An example of a key as a file writes it: the sample that its record or type gives, else one that is made of the keys
 * that are required below it.
 */
public final class KeyExample {
    private static final Pattern SAID = Pattern.compile("(?:such as|for example) (\\[[^]]*\\]|\"[^\"]*\"|[^\\s,;]+)");
    private static final Pattern PLAIN = Pattern.compile("[\\w/][\\w./@+-]*(?::[\\w./@+-]+)*");
    private static final String TEXT = "text";
    private static final int LONGEST = 60;
    private static final String STEP = "  ";

    private KeyExample() {}

    /** The lines of YAML from the root of the file to the key. */
    public static List<String> of(Key key) {
        List<String> lines = new ArrayList<>();
        StringBuilder indent = new StringBuilder();
        String dash = "";
        for (Key each : key.way()) {
            if (each.step().equals(Key.ITEM)) {
                dash = "- ";
                continue;
            }
            if (!each.variant().isEmpty()) {
                Class<?> sealed = (Class<?>) each.above().orElseThrow().type();
                lines.add("%s%s%s: %s".formatted(indent, dash, Words.discriminator(sealed), each.variant()));
                indent.append(" ".repeat(dash.length()));
                dash = "";
            }
            lines.add("%s%s%s:".formatted(indent, dash, name(each)));
            indent.append(" ".repeat(dash.length())).append(STEP);
            dash = "";
        }
        String value = value(key);
        if (value.length() > LONGEST) {
            block(value).forEach(line -> lines.add("%s%s".formatted(indent, line)));
        } else {
            lines.add("%s %s".formatted(lines.remove(lines.size() - 1), value));
        }
        return lines;
    }

    private static List<String> block(String value) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setWidth(Integer.MAX_VALUE);
        return new Yaml(options).dump(loaded(value)).lines().toList();
    }

    /** A sample as JSON has it. */
    public static JsonNode json(String sample) {
        return new ObjectMapper().valueToTree(loaded(sample));
    }

    private static Object loaded(String value) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(value);
    }

    private static String name(Key key) {
        if (!key.step().equals(Key.ENTRY)) {
            return key.step();
        }
        Type type = key.above().orElseThrow().type();
        return key(((ParameterizedType) type).getActualTypeArguments()[0]);
    }

    /** Returns the text that is written behind the key. */
    public static String value(Key key) {
        return key.component().map(KeyExample::component).orElseGet(() -> value(key.type(), null));
    }

    private static String component(RecordComponent component) {
        Optional<String> sample = sample(component);
        return sample.orElseGet(() -> value(component.getGenericType(), component));
    }

    private static Optional<String> sample(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Sample.class)).map(sample -> sample.value()[0]);
    }

    private static String value(Type type, @Nullable RecordComponent component) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Optional<String> said = component == null ? Optional.empty() : said(component);
            if (generic.getRawType() == Map.class) {
                return "{%s: %s}".formatted(key(arguments[0]), value(arguments[1], null));
            } else if (generic.getRawType() == List.class) {
                return said.filter(text -> text.startsWith("["))
                        .orElseGet(() -> "[%s]".formatted(value(arguments[0], null)));
            }
            return value(arguments[0], component);
        }
        return plain((Class<?>) type, component);
    }

    private static String key(Type type) {
        return type == String.class ? "example" : value(type, null);
    }

    private static String plain(Class<?> type, @Nullable RecordComponent component) {
        Optional<String> sample = sample(type);
        if (sample.isPresent()) {
            return sample.get();
        } else if (type.isEnum()) {
            return Words.ofEnum(type).keySet().iterator().next();
        } else if (type.isSealed()) {
            Map.Entry<String, Class<?>> first =
                    Words.ofSealed(type).entrySet().iterator().next();
            return mapping(first.getValue(), "%s: %s".formatted(Words.discriminator(type), first.getKey()));
        } else if (Key.isMapping(type)) {
            Optional<Method> shorthand = ScalarFactories.shorthand(type);
            return shorthand
                    .map(factory -> value(factory.getGenericParameterTypes()[0], null))
                    .orElseGet(() -> mapping(type, ""));
        }
        return scalar(type, component);
    }

    private static String scalar(Class<?> type, @Nullable RecordComponent component) {
        if (type == Boolean.class || type == boolean.class) {
            boolean on = component != null
                    && Sentences.of(component)
                            .orElse("")
                            .toLowerCase(Locale.ROOT)
                            .contains("default true");
            return String.valueOf(!on);
        }
        Optional<String> said = (component == null ? Optional.<String>empty() : said(component))
                .or(() -> ScalarFactories.isValue(type) ? of(type) : Optional.empty());
        if (type == String.class || ScalarFactories.of(type).text().isPresent()) {
            return written(said.orElse(TEXT));
        }
        Range range = component == null ? null : component.getAnnotation(Range.class);
        return range == null ? "1" : String.valueOf(range.max());
    }

    /** Returns the example that the sentence gives. */
    private static Optional<String> said(AnnotatedElement element) {
        return Sentences.of(element).flatMap(KeyExample::said);
    }

    /** Returns the example that a value's type gives, in its form first. */
    private static Optional<String> of(Class<?> value) {
        return Bounds.declared(value, Matches.class)
                .flatMap(matches -> said(matches.says()))
                .or(() -> said(value));
    }

    private static Optional<String> said(String sentence) {
        Matcher matcher = SAID.matcher(sentence);
        return matcher.find() ? Optional.of(matcher.group(1).replaceFirst("[.:]$", "")) : Optional.empty();
    }

    /** Without quotes where YAML reads it as the same text, in a list too. */
    private static String written(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && new Resolver().resolve(NodeId.scalar, text, true).equals(Tag.STR);
        return plain || text.startsWith("\"") ? text : "\"%s\"".formatted(text);
    }

    private static String mapping(Class<?> record, String first) {
        List<String> entries = new ArrayList<>();
        if (!first.isEmpty()) {
            entries.add(first);
        }
        Keys.of(record).forEach((name, component) -> {
            if (Keys.required(component)) {
                entries.add("%s: %s".formatted(name, component(component)));
            }
        });
        if (entries.isEmpty()) {
            Map.Entry<String, RecordComponent> only =
                    Keys.of(record).entrySet().iterator().next();
            entries.add("%s: %s".formatted(only.getKey(), component(only.getValue())));
        }
        return "{%s}".formatted(String.join(", ", entries));
    }
}
