package io.meshwright.environment.key;

import io.meshwright.value.Discriminator;
import io.meshwright.value.Word;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The spelling in a file of the constants of an enum and the records of a sealed type, in the order of their
 * declaration.
 */
public final class Words {
    private static final String TYPE = "type";

    private static final ClassValue<Map<String, Field>> CONSTANTS =
            PerType.of(type -> Collections.unmodifiableMap(constants(type)));
    private static final ClassValue<Map<String, Class<?>>> RECORDS =
            PerType.of(type -> Collections.unmodifiableMap(records(type)));

    private Words() {}

    public static Map<String, Field> ofEnum(Class<?> type) {
        return CONSTANTS.get(type);
    }

    private static Map<String, Field> constants(Class<?> type) {
        Map<String, Field> words = new LinkedHashMap<>();
        for (Field field : type.getDeclaredFields()) {
            if (field.isEnumConstant()) {
                words.put(word(field.getAnnotation(Word.class)).orElse(field.getName()), field);
            }
        }
        return words;
    }

    /**
     * Sealed types below the sealed type are looked through; a record without word goes by its name in lower camel
     * case.
     */
    public static Map<String, Class<?>> ofSealed(Class<?> type) {
        return RECORDS.get(type);
    }

    private static Map<String, Class<?>> records(Class<?> type) {
        Map<String, Class<?>> words = new LinkedHashMap<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                words.putAll(records(permitted));
            } else {
                words.put(
                        word(permitted.getAnnotation(Word.class)).orElse(lowerCamel(permitted.getSimpleName())),
                        permitted);
            }
        }
        return words;
    }

    public static String discriminator(Class<?> sealed) {
        Discriminator discriminator = sealed.getAnnotation(Discriminator.class);
        return discriminator == null ? TYPE : discriminator.value();
    }

    private static Optional<String> word(Word word) {
        return Optional.ofNullable(word).map(Word::value);
    }

    private static String lowerCamel(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
