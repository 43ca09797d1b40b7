package io.meshwright.construct.observability;

import io.meshwright.value.Require;
import io.meshwright.value.security.Party;
import java.util.Optional;

/** The way by which browsers come to the tools. */
public sealed interface Entrance {
    /** None: the tools are reached by port forwarding only. */
    static Entrance none() {
        return new None();
    }

    /** A gateway that admits everybody, so that each exposed tool must have a login of its own. */
    static Entrance open(Party gateway) {
        return new Open(gateway);
    }

    /** A gateway that admits to the tools only listed addresses or who brings a token. */
    static Entrance guarded(Party gateway) {
        return new Guarded(gateway);
    }

    /** The pods of the gateway. */
    Optional<Party> gateway();

    /** No gateway. */
    record None() implements Entrance {
        @Override
        public Optional<Party> gateway() {
            return Optional.empty();
        }
    }

    /** A gateway without limits. */
    record Open(Party pods) implements Entrance {
        public Open {
            Require.present("gateway", pods);
        }

        @Override
        public Optional<Party> gateway() {
            return Optional.of(pods);
        }
    }

    /** A gateway that asks who comes. */
    record Guarded(Party pods) implements Entrance {
        public Guarded {
            Require.present("gateway", pods);
        }

        @Override
        public Optional<Party> gateway() {
            return Optional.of(pods);
        }
    }
}
