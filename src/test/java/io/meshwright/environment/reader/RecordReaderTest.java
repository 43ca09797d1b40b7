package io.meshwright.environment.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.meshwright.value.Cidr;
import io.meshwright.value.Day;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Quantity;
import io.meshwright.value.Version;
import io.meshwright.value.Weight;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    private final Fleet fleet = accepted(FleetFiles.COMPLETE);

    @Test
    void reads_values_by_their_own_type() {
        assertThat(fleet.name()).isEqualTo(Name.of("north"));
        assertThat(fleet.version()).isEqualTo(Version.of("1.30.5"));
        assertThat(fleet.until()).contains(Day.of("2027-03-31"));
        assertThat(fleet.hosts()).containsExactly(Host.of("*.example.org"), Host.of("*"));
    }

    @Test
    void reads_plain_components() {
        assertThat(fleet.flag()).isEqualTo("NO");
        assertThat(fleet.rank()).isEqualTo(3);
        assertThat(fleet.sails()).isTrue();
        assertThat(fleet.draught()).isEqualTo(4.50);
        assertThat(fleet.tonnage()).isEqualTo(12_000_000_000L);
    }

    @Test
    void whole_numbers_reach_to_the_ends_of_their_type_and_not_beyond() {
        String complete = "name: a\nversion: \"1.30\"\nyard: {type: slip, steep: true}\ntonnage: ";

        assertThat(accepted(complete.concat("9223372036854775807")).tonnage()).isEqualTo(Long.MAX_VALUE);
        assertThat(accepted(complete.concat("-9223372036854775808")).tonnage()).isEqualTo(Long.MIN_VALUE);
        assertThat(read(complete.concat("9223372036854775808"))).isInstanceOf(Reading.Refused.class);
        assertThat(read(complete.concat("-9223372036854775809"))).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void reads_words_of_enums_and_sealed_types() {
        assertThat(fleet.mode()).isEqualTo(Fleet.Mode.EASY_GOING);
        assertThat(fleet.yard()).isEqualTo(new Fleet.Dock(Cidr.of("10.0.0.0/8"), Quantity.of("2")));
        assertThat(accepted("name: a\nversion: \"1.30\"\nyard: {type: slip, steep: true}\n")
                        .yard())
                .isEqualTo(new Fleet.Slipway(true));
    }

    @Test
    void keeps_the_order_of_a_map_and_types_its_keys() {
        assertThat(fleet.ships().keySet()).containsExactly(Name.of("zoe"), Name.of("anna"));
        assertThat(fleet.ships().get(Name.of("zoe")).port()).isEqualTo(Port.of(8080));
        assertThat(fleet.ships().get(Name.of("anna")).load()).isEqualTo(Fleet.Load.of(Weight.of(10)));
        assertThat(fleet.ships().get(Name.of("anna")).repair()).isEqualTo(new Fleet.Self(2));
    }

    @Test
    void reads_a_record_by_its_shorthand_or_by_its_keys() {
        assertThat(fleet.ships().get(Name.of("zoe")).callers())
                .containsExactly(
                        new Fleet.Caller(Name.of("gateway"), List.of()),
                        new Fleet.Caller(Name.of("anna"), List.of("GET")));
    }

    @Test
    void leaves_absent_keys_to_the_record() {
        Fleet small = accepted(FleetFiles.SMALLEST);

        assertThat(small.until()).isEmpty();
        assertThat(small.mode()).isNull();
        assertThat(small.ships()).isEmpty();
    }

    @Test
    void reads_free_form_keys_as_they_are() {
        assertThat(fleet.extras())
                .containsExactly(
                        Map.entry("text", "1.30"),
                        Map.entry("whole", 3),
                        Map.entry("large", 5_000_000_000L),
                        Map.entry("part", 0.5),
                        Map.entry("exact", 1.0),
                        Map.entry("yes", false),
                        Map.entry("list", List.of("a", Map.of("b", 1))));
    }

    @Test
    void hands_out_collections_that_nobody_can_change() {
        assertThat(fleet.hosts()).isUnmodifiable();
        assertThat(fleet.ships()).isUnmodifiable();
    }

    @Test
    void skips_a_byte_order_mark() {
        assertThat(accepted("\uFEFF" + FleetFiles.SMALLEST).name()).isEqualTo(Name.of("a"));
    }

    @Test
    void tells_a_later_step_where_a_key_stands() {
        Places places = ((Reading.Accepted<Fleet>) read(FleetFiles.COMPLETE)).places();

        assertThat(places.of(new InvalidValue("ships.anna.load", "is too much", "take less")))
                .hasToString("fleet.yaml:21:5 ships.anna.load: is too much; take less");
        assertThat(places.of(new InvalidValue("ships.anna.callers[0]", "is missing", "add it")))
                .hasToString("fleet.yaml:19:3 ships.anna.callers[0]: is missing; add it");
    }

    @Test
    void blames_the_program_for_a_record_that_cannot_be_bound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("a: []", Odd.class))
                .withMessage("a: cannot be read into java.util.Set<java.lang.String>");
        assertThatIllegalStateException()
                .isThrownBy(() -> read("a: 1", Broken.class))
                .withCauseInstanceOf(ArithmeticException.class);
    }

    record Odd(Set<String> a) {}

    record Broken(int a) {
        Broken {
            a = a / (a - 1);
        }
    }

    private static Fleet accepted(String yaml) {
        Reading<Fleet> reading = read(yaml);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted<Fleet>) reading).value();
    }

    private static Reading<Fleet> read(String yaml) {
        return read(yaml, Fleet.class);
    }

    private static <T> Reading<T> read(String yaml, Class<T> type) {
        return RecordReader.read("fleet.yaml", yaml.getBytes(StandardCharsets.UTF_8), type);
    }
}
