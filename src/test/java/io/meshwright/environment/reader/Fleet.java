package io.meshwright.environment.reader;

import io.meshwright.value.Cidr;
import io.meshwright.value.Day;
import io.meshwright.value.Discriminator;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import io.meshwright.value.Matches;
import io.meshwright.value.Name;
import io.meshwright.value.Percent;
import io.meshwright.value.Port;
import io.meshwright.value.Quantity;
import io.meshwright.value.Range;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import io.meshwright.value.Version;
import io.meshwright.value.Weight;
import io.meshwright.value.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file that uses every kind of component that the reader and the schema know. */
@Doc("A fleet of ships, for the reader's own tests.")
record Fleet(
        @Required @Doc("Its name.") Name name,
        @Required @Sample("1.30.5") Version version,
        @Required @Doc("Where it was built.") Yard yard,
        Mode mode,
        Map<Name, Ship> ships,
        List<Host> hosts,
        Optional<Day> until,
        Map<String, Object> extras,

        @Matches(regex = "[A-Z]{2}", says = "two capital letters")
        String flag,

        @Range(min = 1, max = 9) Integer rank,
        Boolean sails,
        Double draught,
        Long tonnage) {
    Fleet {
        ships = ships == null ? Map.of() : ships;
        hosts = hosts == null ? List.of() : hosts;
        extras = extras == null ? Map.of() : extras;
        List<InvalidValue> refusals = new ArrayList<>();
        for (Map.Entry<Name, Ship> ship : ships.entrySet()) {
            if (ship.getValue().host() != null
                    && hosts.stream()
                            .noneMatch(host -> host.covers(ship.getValue().host()))) {
                refusals.add(new InvalidValue(
                        "ships.%s.host".formatted(ship.getKey()),
                        "\"%s\" is covered by no host of the fleet"
                                .formatted(ship.getValue().host()),
                        "add it to hosts"));
            }
        }
        InvalidValues.throwIfAny(refusals);
    }

    @Doc("How strict it is.")
    enum Mode {
        STRICT,
        @Word("easy-going")
        @Doc("Lets things pass.")
        EASY_GOING
    }

    /** Where the fleet is built. */
    sealed interface Yard permits Dock, Slipway {}

    @Doc("Under a roof.")
    record Dock(@Required Cidr address, Quantity cpu) implements Yard {}

    @Word("slip")
    record Slipway(boolean steep) implements Yard {}

    /** One ship. */
    record Ship(@Required Port port, Load load, Host host, List<Caller> callers, Limits limits, Repair repair) {}

    /** What it carries, as a number or with more words. */
    record Load(@Required Weight weight, Boolean dry) {
        @Shorthand
        static Load of(Weight weight) {
            return new Load(weight, null);
        }
    }

    /** Who may call, as a name or with more words. */
    record Caller(@Required Name name, List<String> methods) {
        @Shorthand
        static Caller named(String name) {
            return new Caller(Name.of(name), List.of());
        }
    }

    /** Two values that are wrong together. */
    record Limits(Quantity request, Quantity limit, Duration grace, Percent reserve) {
        Limits {
            boolean fits = request == null || limit == null || request.compareTo(limit) <= 0;
            Require.that(
                    fits, "request", "\"%s\" is over the limit \"%s\"".formatted(request, limit), "raise the limit");
            Require.that(limit == null || request != null, "request", "is missing beside a limit", "add it");
        }
    }

    /** Chosen by a key of its own. */
    @Discriminator("by")
    sealed interface Repair permits Self {}

    record Self(Integer days) implements Repair {}
}
