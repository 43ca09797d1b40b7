package io.meshwright.builders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The setters are compiled in javac itself, with what is right and what is wrong. */
class BuildableProcessorTest {
    private static final String SHOP = """
        package shop;
        import io.meshwright.builders.Buildable;
        import io.meshwright.value.Defaulted;
        import io.meshwright.value.Required;
        import java.util.List;
        import java.util.Map;
        import java.util.Optional;
        import java.util.Set;
        import java.util.SortedMap;
        import java.util.SortedSet;
        public final class Shop {
          /**
           * All of a shop.
           *
           * @param name of the shop
           * @param doors how many;
           *     none is a wall
           * @param goods what is sold
           * @param owner who has it
           */
          @Buildable
          record Props(
              @Required String name,
              @Defaulted Integer doors,
              boolean open,
              Optional<Long> opened,
              Optional<String> owner,
              @Required List<String> goods,
              Set<String> tags,
              SortedSet<String> days,
              Map<String, Integer> prices,
              SortedMap<String, String> labels,
              Place place) {
            Props {
              doors = doors == null ? 1 : doors;
            }
          }
          record Place(@Required String street, int number) {}
          public static final class Builder extends ShopSetters<Builder> {
            Props build() { return props(); }
          }
        }
        """;

    @TempDir
    Path output;

    @Test
    void writes_a_setter_for_each_component() {
        Compilation compilation = Compilation.of(output, SHOP);

        assertThat(compilation.messages()).isEmpty();
        assertThat(compilation.written("shop/ShopSetters.java").lines().map(String::strip))
                .startsWith("package shop;")
                .contains("abstract class ShopSetters<B> {")
                .filteredOn(line -> line.matches("/\\*\\* .*|public B .*"))
                .containsExactlyElementsOf("""
                /** The setters of {@code Shop.Builder}, one for each component of {@code shop.Shop.Props}. */
                /** Name of the shop. Required. */
                public B name(java.lang.String name) {
                /** How many; none is a wall. */
                public B doors(int doors) {
                /** Sets {@code open}. */
                public B open(boolean open) {
                /** Sets {@code opened}. */
                public B opened(long opened) {
                /** Who has it. */
                public B owner(java.lang.@org.jspecify.annotations.Nullable String owner) {
                /** What is sold. Required. */
                public B goods(java.util.Collection<? extends java.lang.String> goods) {
                /** Adds to {@code tags}. */
                public B tags(java.util.Collection<? extends java.lang.String> tags) {
                /** Adds to {@code days}. */
                public B days(java.util.Collection<? extends java.lang.String> days) {
                /** Adds to {@code prices}. */
                public B prices(java.util.Map<? extends java.lang.String, ? extends java.lang.Integer> prices) {
                /** Adds to {@code labels}. */
                public B labels(java.util.Map<? extends java.lang.String, ? extends java.lang.String> labels) {
                /** Sets {@code street}. Required. */
                public B street(java.lang.String street) {
                /** Sets {@code number}. */
                public B number(int number) {
                /** All that is set until now, in a record that nothing set later changes. */
                """.lines().toList());
    }

    @Test
    void makes_a_record_of_what_is_set_that_nothing_set_later_changes() throws Exception {
        String use = """
            package shop;
            import java.util.List;
            import java.util.Map;
            public final class Use {
              public static Object run() {
                Shop.Builder builder = new Shop.Builder()
                    .name("corner").opened(1990).goods(List.of("tea")).goods(List.of("milk")).tags(List.of("b", "a"))
                    .days(List.of("b", "a")).prices(Map.of("tea", 2)).labels(Map.of("a", "b")).street("High Street").number(7);
                Shop.Props first = builder.build();
                builder.goods(List.of("bread")).prices(Map.of("bread", 3)).name("other");
                return first.toString();
              }
            }
            """;

        assertThat(Compilation.of(output, SHOP, use).run("shop.Use"))
                .isEqualTo("Props[name=corner, doors=1, open=false, opened=Optional[1990], owner=Optional.empty,"
                        + " goods=[tea, milk], tags=[b, a], days=[a, b], prices={tea=2}, labels={a=b},"
                        + " place=Place[street=High Street, number=7]]");
    }

    @ParameterizedTest
    @CsvSource({
        "'', name: is missing",
        "'.name(\"corner\")', goods: is empty",
        "'.name(\"corner\").goods(java.util.List.of(\"tea\"))', street: is missing"
    })
    void refuses_to_build_without_what_is_required(String set, String told) {
        String use = """
            package shop;
            public final class Use {
              public static Object run() { return new Shop.Builder()%s.build(); }
            }
            """.formatted(set);

        assertThatThrownBy(() -> Compilation.of(output, SHOP, use).run("shop.Use"))
                .hasRootCauseMessage(told);
    }

    @Test
    void hands_a_value_by_itself_on_as_it_is_set_and_takes_over_another() throws Exception {
        Compilation compilation = Compilation.of(output, """
            package shop;
            import io.meshwright.builders.Buildable;
            import java.util.List;
            import org.jspecify.annotations.Nullable;
            @Buildable
            public record Shop(String name, List<String> goods, Integer number, @Nullable String owner) {
              public Shop {
                goods = goods == null ? List.of("tea") : List.copyOf(goods);
              }
              public static final class Builder extends ShopSetters<Builder> {
                public Shop build() {
                  return props();
                }
              }
            }
            """, """
            package shop;
            import java.util.List;
            public final class Use {
              public static Object run() {
                Shop first = new Shop.Builder().name("corner").build();
                Shop second = new Shop.Builder().from(first).goods(List.of()).goods(List.of("milk")).number(7).owner("me").build();
                return first + " " + second;
              }
            }
            """);

        assertThat(compilation.messages()).isEmpty();
        assertThat(compilation.run("shop.Use"))
                .hasToString("Shop[name=corner, goods=[tea], number=null, owner=null]"
                        + " Shop[name=corner, goods=[milk], number=7, owner=me]");
        assertThat(compilation.written("shop/ShopSetters.java"))
                .contains("public B name(java.lang.String name)")
                .contains("public B owner(java.lang.@org.jspecify.annotations.Nullable String owner)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        public final class Shop { @Buildable static class Props {} }    | shop.Shop.Props
        public final class Shop { @Buildable enum Props {} }            | shop.Shop.Props
        """)
    void refuses_what_is_no_record(String source, String named) {
        Compilation compilation =
                Compilation.of(output, "package shop;\nimport io.meshwright.builders.Buildable;\n".concat(source));

        assertThat(compilation.errors())
                .containsExactly(
                        "3: @Buildable: \"%s\" is no record; annotate X.Props, or a value by itself".formatted(named));
    }

    @Test
    void refuses_a_second_record_in_one_class() {
        Compilation compilation = Compilation.of(output, """
            package shop;
            import io.meshwright.builders.Buildable;
            public final class Shop {
              @Buildable record Props(String name) {}
              @Buildable record Others(String name) {}
            }
            """);

        assertThat(compilation.errors())
                .singleElement()
                .asString()
                .startsWith("5: shop.ShopSetters: cannot be written: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        .nmae("corner")         | cannot find symbol
        .name(7)                | incompatible types: int cannot be converted to java.lang.String
        .doors(null)            | incompatible types: <nulltype> cannot be converted to int
        .goods("tea")           | incompatible types: java.lang.String cannot be converted to java.util.Collection
        .place(null)            | cannot find symbol
        """)
    void lets_javac_refuse_what_no_component_takes(String set, String told) {
        String use = """
            package shop;
            final class Wrong {
              Object made = new Shop.Builder()%s;
            }
            """.formatted(set);

        assertThat(Compilation.of(output, SHOP, use.replace("final class", "public final class"))
                        .errors())
                .singleElement()
                .asString()
                .startsWith("3: ".concat(told));
    }
}
