package io.meshwright.environment.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Discriminator;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Range;
import io.meshwright.value.Required;
import io.meshwright.value.Shorthand;
import io.meshwright.value.Word;
import io.meshwright.value.delivery.BesideFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFactsTest {
    private static final Map<String, Key> KEYS =
            Key.root(Shop.class).below().stream().collect(Collectors.toMap(Key::step, key -> key));

    /** A key of each kind. */
    record Shop(
            @Required @Doc("Its name.") @Matches(regex = "[a-z]+", max = 20, says = "lower case letters")
            String name,

            @Defaulted @Doc("Open or not; default true.") Boolean open,

            @Nullable @Doc("How much is taken off. Default 0.5.")
            Double rebate,

            @Nullable Integer floors,
            @Nullable Object notes,
            @Nullable Percentage tax,
            @Nullable Size size,
            @Nullable @Doc("Where it is.") Door door,
            @Nullable Goods goods,
            @Nullable Sign sign,
            @Nullable @Doc("A file beside this one.") BesideFile page,

            @Defaulted List<Sign> signs,
            @Defaulted Map<String, List<Goods>> shelves,

            @Range(min = 1, max = 9) int floor,
            @Nullable Either either,
            @Defaulted Lamp lamp,
            @Nullable Lamp spare) {}

    /** A whole number, or a text. */
    @Doc("A share.")
    @Range(min = 0, max = 100)
    record Percentage(int value) {
        public static Percentage of(int value) {
            return new Percentage(value);
        }

        public static Percentage of(String value) {
            return new Percentage(Integer.parseInt(value));
        }
    }

    /** A number alone. */
    record Size(double value) {
        public static Size of(double value) {
            return new Size(value);
        }
    }

    enum Door {
        @Word("front")
        @Doc("Towards the street.")
        FRONT,
        @Word("back")
        BACK
    }

    enum Sign {
        @Word("red")
        RED,
        @Word("blue")
        BLUE
    }

    @Discriminator("kind")
    sealed interface Goods permits Bread, Milk {}

    @Doc("Baked.")
    record Bread(@Nullable String flour) implements Goods {}

    record Milk(@Nullable String animal) implements Goods {}

    /** A mapping that one text may stand for. */
    record Either(@Nullable String a, @Nullable String b) {
        @Shorthand
        public static Either just(String a) {
            return new Either(a, null);
        }
    }

    record Lamp(@Nullable Integer watts) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name    | text
            open    | true or false
            rebate  | number
            floors  | whole number
            floor   | whole number
            notes   | anything
            tax     | text or whole number (Percentage)
            size    | number (Size)
            door    | one of front, back
            goods   | mapping whose kind is one of bread, milk
            page    | text (a path)
            signs   | list of (one of red, blue)
            shelves | mapping of text to (list of (mapping whose kind is one of bread, milk))
            either  | mapping, or text
            lamp    | mapping
            """)
    void says_what_is_written(String key, String type) {
        assertThat(facts(key).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "name, required",
        "floor, required",
        "open, true",
        "rebate, 0.5",
        "floors, none",
        "signs, none",
        "lamp, as its keys say",
        "spare, none"
    })
    void says_what_its_absence_means(String key, String absent) {
        assertThat(facts(key).absent()).isEqualTo(absent);
    }

    @Test
    void an_entry_of_a_list_has_no_absence() {
        assertThat(KeyFacts.of(KEYS.get("signs").below().get(0)).absent()).isEqualTo("none");
    }

    @Test
    void says_which_values_are_admitted() {
        assertThat(facts("name").bounds())
                .containsExactly("lower case letters", "at most 20 characters", "of the form ^(?:[a-z]+)$");
        assertThat(facts("floor").bounds()).containsExactly("from 1 to 9");
        assertThat(facts("tax").bounds()).containsExactly("from 0 to 100");
        assertThat(facts("rebate").bounds()).isEmpty();
    }

    @Test
    void has_the_sentence_of_its_key_and_that_of_its_scalar() {
        assertThat(facts("door").meaning()).isEqualTo("Where it is.");
        assertThat(facts("tax").meaning()).isEqualTo("A share.");
        assertThat(facts("floors").meaning()).isEmpty();
        assertThat(KeyFacts.sentence(KEYS.get("name"))).isEqualTo("Its name.");
    }

    @Test
    void has_a_sentence_for_each_word_where_one_has_any() {
        assertThat(facts("door").words())
                .isEqualTo(Map.of("front", "Towards the street.", "back", ""))
                .containsOnlyKeys("front", "back");
        assertThat(facts("goods").words()).isEqualTo(Map.of("bread", "Baked.", "milk", ""));
        assertThat(facts("sign").words()).isEmpty();
        assertThat(facts("lamp").words()).isEmpty();
    }

    private static KeyFacts facts(String key) {
        return KeyFacts.of(KEYS.get(key));
    }
}
